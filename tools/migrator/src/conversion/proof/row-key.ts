/** Pure: how a row is found again. By its primary key; a table that has none by all of its columns but those that change. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Reference } from '../declaration';
import type { TableFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { twinNames } from '../twins';

export interface RowKey {
  /** A jsonb object of the row called `t`. */
  readonly json: string;
  /** A condition on the row `t` and the jsonb in `parameter`. */
  matches(parameter: string): string;
}

/** @param changing columns that may be different when the row is looked for */
export function rowKey(table: TableFacts, changing: readonly string[]): RowKey {
  const primary = table.constraints.find(({ kind }) => kind === 'primary key')?.columns;
  const columns =
    primary && !primary.some((column) => changing.includes(column))
      ? primary
      : table.columns.map(({ name }) => name).filter((name) => !changing.includes(name));
  const equal = columns === primary ? '=' : 'IS NOT DISTINCT FROM';
  return {
    json: `jsonb_build_object(${columns.map((name) => `${escapeLiteral(name)}, t.${escapeIdentifier(name)}`).join(', ')})`,
    matches: (parameter) => {
      const given = `jsonb_populate_record(NULL::${quotedTable(table.name)}, ${parameter})`;
      return columns
        .map((name) => `t.${escapeIdentifier(name)} ${equal} (${given}).${escapeIdentifier(name)}`)
        .join(' AND ');
    },
  };
}

/** The column of a reference and its twin: when one changes, so does the other. */
export function changingWith(table: TableFacts, reference: Reference): readonly string[] {
  const names: readonly string[] = Object.values(twinNames(reference, 'numeric'));
  return table.columns.map(({ name }) => name).filter((name) => names.includes(name));
}
