/** Pure: one table that stayed, in the names of after the migration; see `align-names`. */
import type { Column, Table } from '../catalog/catalog';
import { breaking, harmless, type Fact } from './fact';
import type { Ids } from './identities';
import { code } from './markdown';
import { matchNames, renameKeys, type NameMatch } from './match-names';
import type { Snapshot } from './snapshot';

type Part = 'columns' | 'types' | 'expressions' | 'constraints' | 'indexes';

/** A table's ids before and after. */
type PartIds = (part: Part) => readonly [Ids, Ids];

/** @param from its name before the migration @param to its name after it */
export function alignTable(
  from: string,
  to: string,
  before: Snapshot,
  after: Snapshot,
): { readonly table: Table; readonly facts: readonly Fact[] } {
  const [table, now] = [before.catalog.tables[from]!, after.catalog.tables[to]!];
  const ids: PartIds = (part) => [before.identities[part][from] ?? {}, after.identities[part][to] ?? {}];
  const columns = matchNames(
    table.columns.map(({ name }) => name),
    ...ids('columns'),
  );
  const constraints = matchNames(Object.keys(table.constraints), ...ids('constraints'));
  const indexes = matchNames(Object.keys(table.indexes), ...ids('indexes'));
  return {
    table: {
      ...table,
      columns: table.columns.flatMap((column) => alignColumn(column, columns, now, ids)),
      constraints: renameKeys(table.constraints, constraints, (constraint, one, other) =>
        isSame(ids('constraints'), one, other) ? now.constraints[other]! : constraint,
      ),
      indexes: renameKeys(table.indexes, indexes, (index, one, other) =>
        isSame(ids('indexes'), one, other) ? { ...now.indexes[other]!, valid: index.valid } : index,
      ),
    },
    facts: [
      ...columnFacts(to, columns),
      ...renamedParts(to, 'constraint', constraints),
      ...renamedParts(to, 'index', indexes),
    ],
  };
}

/** What is the same to Postgres is written as it is written after: with the new names of all that it mentions. */
function alignColumn(column: Column, { names }: NameMatch, { columns }: Table, ids: PartIds): Column[] {
  const name = names.get(column.name);
  if (name === undefined) return [];
  const now = columns.find((other) => other.name === name);
  if (!now) return [{ ...column, name }];
  return [
    {
      ...column,
      name,
      ...(isSame(ids('types'), column.name, name) && { type: now.type, enum: now.enum }),
      ...(isSame(ids('expressions'), column.name, name) && {
        default: now.default,
        generated: now.generated,
      }),
    },
  ];
}

function isSame([before, after]: readonly [Ids, Ids], from: string, to: string): boolean {
  return before[from] !== undefined && before[from] === after[to];
}

function columnFacts(table: string, { renamed, covered, replaced }: NameMatch): Fact[] {
  const column = (name: string) => `column ${code(`${table}.${name}`)}`;
  return [
    ...renamed.map(({ from, to }) => breaking(`${column(from)} renamed to ${code(to)}`)),
    ...covered.map((name) => breaking(`${column(name)} removed`)),
    ...replaced.map((name) =>
      breaking(`${column(name)} removed and made anew: what it held is gone, unless the migration copied it`),
    ),
  ];
}

function renamedParts(table: string, kind: string, { renamed }: NameMatch): Fact[] {
  return renamed.map(({ from, to }) =>
    harmless(`${code(table)}: ${kind} ${code(from)} renamed to ${code(to)}`),
  );
}
