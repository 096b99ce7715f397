/** Pure: whether an enum can take new labels where it is, or has to be made anew. */
import { escapeLiteral } from 'pg';
import type { Catalog } from '../catalog/catalog';
import type { Mode } from './schema-change';

/** Whether the old labels are all among the new ones, in their order: then new ones need only be added. */
export function keepsLabels(labels: readonly string[], wanted: readonly string[]): boolean {
  return JSON.stringify(wanted.filter((label) => labels.includes(label))) === JSON.stringify(labels);
}

/**
 * Whether something of the same transaction uses a label that is new. Postgres forbids it until the label is committed.
 * https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7
 */
export function labelsAreUsedAtOnce(name: string, from: Catalog, to: Catalog, mode: Mode): boolean {
  const old = from.enums[name]?.labels ?? [];
  const added = (to.enums[name]?.labels ?? []).filter((label) => !old.includes(label)).map(literal);
  return expressionsOfTransaction(from, to, mode).some((expression) =>
    added.some((label) => expression.includes(label)),
  );
}

/** As Postgres prints it in an expression. */
function literal(label: string): string {
  return `${escapeLiteral(label).trim()}::`;
}

function expressionsOfTransaction(from: Catalog, to: Catalog, mode: Mode): string[] {
  const ofTables = Object.entries(to.tables).flatMap(([name, table]) => {
    const columns = table.columns.flatMap((column) => [column.default ?? '', column.generated ?? '']);
    // What is added to a table that is in use is added later, when the labels are committed.
    if (mode !== 'one transaction' && from.tables[name]) return columns;
    return [
      ...columns,
      ...[...Object.values(table.constraints), ...Object.values(table.indexes)].map(
        ({ definition }) => definition,
      ),
    ];
  });
  return [...ofTables, ...Object.values(to.views).map(({ definition }) => definition)];
}
