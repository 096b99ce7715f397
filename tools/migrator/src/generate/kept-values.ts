/** Pure: which values must be the same before and after a change, and after the way back. */
import type { Catalog, Column } from '../catalog/catalog';
import type { RowsSnapshot } from '../scratch/rows-snapshot';
import { familyOf, parseSqlType } from '../scratch/sql-type';
import { keptColumns, type Decisions } from './decisions';
import { columnOf } from './sql-text';
import { typeChange } from './type-change';

export interface KeptValues {
  /** `table.column` before the change -> the type that its values must fit. */
  readonly drawAs: ReadonlyMap<string, string>;
  /** `table.column` after the change, where every value reads as it did before. */
  readonly there: ReadonlySet<string>;
  /** `table.column` before the change, where the way there and back must change nothing. */
  readonly andBack: ReadonlySet<string>;
}

export function keptValues(before: Catalog, after: Catalog, decisions: Decisions): KeptValues {
  const drawAs = new Map<string, string>();
  const there = new Set<string>();
  const andBack = new Set<string>();
  for (const [newId, oldId] of keptColumns(before, after, decisions)) {
    const [old, wanted] = [columnById(before, oldId), columnById(after, newId)];
    if (!old || !wanted) continue;
    const isSameEnum = sameLabels(before, old, after, wanted);
    const isSame = isSameEnum || (wanted.enum === null && old.type === wanted.type);
    if (!isSame) drawAs.set(oldId, wanted.type);
    const isComputed = wanted.generated !== null || old.generated !== null;
    const isFilled = wanted.notNull && !old.notNull;
    if (isComputed || isFilled || !typeChange(old, wanted)) continue;
    if (isSame || (old.enum !== null && wanted.enum !== null)) there.add(newId);
    if (isSame || readsBack(old, wanted)) andBack.add(oldId);
  }
  return { drawAs, there, andBack };
}

/** What says the same in other words comes back in the words of the other type: `1.0` as `1`, and a text of it likewise. */
function readsBack(old: Column, wanted: Column): boolean {
  const [from, to] = [parseSqlType(old.type), parseSqlType(wanted.type)];
  const losesZeros = from.name === 'numeric' && ['real', 'double precision'].includes(to.name);
  return !losesZeros && familyOf(from) !== 'json' && (familyOf(from) !== 'text' || familyOf(to) === 'text');
}

function sameLabels(before: Catalog, old: Column, after: Catalog, wanted: Column): boolean {
  if (old.enum === null || wanted.enum === null) return false;
  const labels = ({ enums }: Catalog, name: string) => JSON.stringify(enums[name]?.labels);
  return labels(before, old.enum) === labels(after, wanted.enum);
}

function columnById({ tables }: Catalog, id: string): Column | undefined {
  const table = Object.keys(tables).find(
    (name) => id.startsWith(`${name}.`) && columnOf(tables[name], id.slice(name.length + 1)),
  );
  return table === undefined ? undefined : columnOf(tables[table], id.slice(table.length + 1));
}

/** The rows under the names that their tables and columns have after the change. */
export function underNewNames(
  rows: RowsSnapshot,
  { renames, tableRenames }: Pick<Decisions, 'renames' | 'tableRenames'>,
): RowsSnapshot {
  return Object.fromEntries(
    Object.entries(rows).map(([table, ofTable]) => {
      const newNames = new Map(
        renames.filter((rename) => rename.table === table).map(({ from, to }) => [from, to]),
      );
      const newTable = tableRenames.find(({ from }) => from === table)?.to ?? table;
      const rename = (row: (typeof ofTable)[number]) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [newNames.get(column) ?? column, value]),
        );
      return [newTable, ofTable.map(rename)];
    }),
  );
}
