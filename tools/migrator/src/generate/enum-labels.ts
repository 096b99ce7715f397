/** Pure: whether an enum can take new labels where it is, or has to be made anew. */
import type { Catalog } from '../catalog/catalog';
import type { Mode } from './schema-change';
import { quotedText } from './sql-text';

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
  const added = (to.enums[name]?.labels ?? []).filter((label) => !old.includes(label));
  const arrays = arrayCasts(name, to);
  return expressionsOfTransaction(from, to, mode).some((expression) => {
    const hasArray = arrays.some((cast) => expression.includes(cast));
    return added.some(
      (label) =>
        expression.includes(literal(label)) || (hasArray && unescaped(expression).includes(unescaped(label))),
    );
  });
}

/** As Postgres prints it in an expression. */
function literal(label: string): string {
  return `${quotedText(label)}::`;
}

/** `::mood[]`, as Postgres prints it after an array of labels: `'{good,"so so"}'::mood[]`. */
function arrayCasts(name: string, { tables }: Catalog): string[] {
  const columns = Object.values(tables).flatMap((table) => table.columns);
  return columns
    .filter((column) => column.enum === name)
    .map(({ type }) => `::${type.replace(/\[\]$/, '')}[]`);
}

/** An array quotes its labels in ways of its own. What is found here too often is a type made anew without need. */
const unescaped = (text: string) => text.replace(/["'\\]/g, '');

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
