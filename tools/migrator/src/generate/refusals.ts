/** Pure: what a change would lose that nobody allowed to go, and the ways out, as options to paste. */
import type { Catalog, Column, Table } from '../catalog/catalog';
import type { Decisions } from './decisions';
import { viewsInTheWay } from './operations/replace-views';
import type { SchemaChange } from './schema-change';
import { typeChange } from './type-change';

export interface Refusal {
  readonly reason:
    'column-dropped' | 'table-dropped' | 'no-conversion' | 'becomes-generated' | 'view-in-the-way';
  /** `users`, `users.name` or a view, by its name before the change: what `--allow-drop` takes. */
  readonly subject: string;
  /** What would happen. */
  readonly explanation: string;
  /** New columns or tables that it may have become, by their plain names, the likeliest first. */
  readonly renameCandidates: readonly string[];
}

/** @param change as it is planned, under new names */
export function refusalsOf(
  change: SchemaChange,
  decisions: Decisions,
  handMade: ReadonlySet<string>,
): Refusal[] {
  const { allowDrop } = decisions;
  if (allowDrop === 'everything') return [];
  return [
    ...tableRefusals(change),
    ...columnRefusals(change, decisions),
    ...viewRefusals(change, decisions, handMade),
  ].filter(({ subject }) => !allowDrop.includes(subject));
}

/** Names before the change, of what has its new name already. */
export function namesBefore({ renames, tableRenames }: Decisions) {
  const table = (name: string) => tableRenames.find(({ to }) => to === name)?.from ?? name;
  return {
    table,
    column: (tableName: string, name: string) =>
      renames.find((rename) => rename.table === table(tableName) && rename.to === name)?.from ?? name,
  };
}

function tableRefusals({ goneTables, newTables }: SchemaChange): Refusal[] {
  return goneTables.map(([name, table]) => ({
    reason: 'table-dropped',
    subject: name,
    explanation: 'the table would be dropped, with everything in it',
    renameCandidates: newTables
      .map(([other, newTable]) => ({ other, likeness: likeness(table, newTable) }))
      .sort((a, b) => b.likeness - a.likeness)
      .map(({ other }) => other),
  }));
}

/** How much of a table another one has. */
function likeness(table: Table, other: Table): number {
  const known = new Set(other.columns.map(({ name, type }) => `${name} ${type}`));
  const shared = table.columns.filter(({ name, type }) => known.has(`${name} ${type}`)).length;
  return shared / Math.max(table.columns.length, other.columns.length, 1);
}

function columnRefusals(change: SchemaChange, decisions: Decisions): Refusal[] {
  const before = namesBefore(decisions);
  const nameOf = (table: string, column: string) => `${before.table(table)}.${before.column(table, column)}`;
  const dropped = change.tables.flatMap((table) =>
    table.from.columns
      // What is computed from other columns is not lost.
      .filter(({ name, generated }) => table.dropped.has(name) && generated === null)
      .map((column): Refusal => {
        const added = table.to.columns.filter(
          ({ name, generated }) =>
            generated === null && !table.from.columns.some((other) => other.name === name),
        );
        return {
          reason: 'column-dropped',
          subject: nameOf(table.name, column.name),
          explanation: 'the column would be dropped, with everything in it',
          renameCandidates: candidates(column, added),
        };
      }),
  );
  const unkept = change.unkept.map(({ table, from, to }): Refusal => ({
    reason: to.generated === null ? 'no-conversion' : 'becomes-generated',
    subject: nameOf(table, from.name),
    explanation:
      to.generated === null
        ? `no value of type ${from.type} has one of type ${to.type} that means the same`
        : 'the column becomes a generated one, which keeps no value of its own',
    renameCandidates: [],
  }));
  return [...dropped, ...unkept];
}

/** Of the same type first; what no value could be converted to is none. */
function candidates(column: Column, added: readonly Column[]): string[] {
  const isSameType = (other: Column) => Number(other.type === column.type);
  return added
    .filter((other) => typeChange(column, other) !== undefined)
    .sort((a, b) => isSameType(b) - isSameType(a))
    .map(({ name }) => name);
}

/** A view that somebody wrote comes back as it was, if what it reads does. */
function viewRefusals(change: SchemaChange, decisions: Decisions, handMade: ReadonlySet<string>): Refusal[] {
  return [...viewsInTheWay(change)]
    .filter((name) => handMade.has(name))
    .flatMap((name): Refusal[] => {
      const lost = lostReads(change.from, change.to, decisions, name);
      if (lost.length === 0) return [];
      const explanation =
        `no entity declares this view, and it reads ${lost.join(', ')}, which it cannot go on doing; ` +
        'change the view by hand in a migration before this one (migration-create), or let it go';
      return [{ reason: 'view-in-the-way', subject: name, explanation, renameCandidates: [] }];
    });
}

function lostReads(from: Catalog, to: Catalog, decisions: Decisions, view: string): string[] {
  const before = namesBefore(decisions);
  return Object.entries(from.views[view]?.reads ?? {}).flatMap(([relation, columns]) => {
    if (from.views[relation]) return lostReads(from, to, decisions, relation);
    const isRenamed = before.table(relation) !== relation;
    if (!to.tables[relation] || isRenamed) return [before.table(relation)];
    const kept = new Set(to.tables[relation].columns.map(({ name }) => name));
    return columns
      .filter((column) => !kept.has(column) || before.column(relation, column) !== column)
      .map((column) => `${relation}.${before.column(relation, column)}`);
  });
}
