/**
 * Pure: the indexes, constraints and statistics of one table change their names, as its columns do. Only the primary key is more than a
 * name, because a table has one: the old one and its index go, the counterpart's index becomes the new one, and the foreign keys
 * that pointed at the old one go with it. They come back on the spare afterwards, see `makeCounterparts`.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import { deferring } from '../constraints/counterparts';
import { isPartition, isPartitioned, type SidedTable } from '../constraints/plain-objects';
import { counterpartName, displacedName } from '../constraints/sides';
import type { ConstraintFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import type { Shape } from '../twins';

/** One table of a switch, or a partition, which has names of its own. */
export type SwappedTable = Pick<SidedTable, 'table' | 'plain'>;

/** Those of all tables that lose what they point at. */
export function dropForeignKeysToOldKeys(tables: readonly SwappedTable[]): readonly string[] {
  return tables.flatMap(({ table, plain }) =>
    plain.foreignKeys
      // A partition's goes with its parent's.
      .filter((foreignKey) => foreignKey.parent === null && pointsAtOldKey(foreignKey, tables))
      .map(({ name }) => `ALTER TABLE ${quotedTable(table.name)} DROP CONSTRAINT ${escapeIdentifier(name)}`),
  );
}

export function pointsAtOldKey(
  { references, index }: ConstraintFacts,
  tables: readonly SwappedTable[],
): boolean {
  const target = tables.find(({ table }) => table.name === references?.table);
  return target?.plain.primaryKey !== undefined && target.plain.primaryKey.name === index;
}

export function swapPrimaryKey({ table, plain }: SwappedTable, from: Shape): readonly string[] {
  const key = table.constraints.find(
    ({ kind, index }) => kind === 'primary key' && index === plain.primaryKey?.name,
  );
  if (key === undefined) return [];
  const [relation, name] = [quotedTable(table.name), escapeIdentifier(key.name)];
  const index = escapeIdentifier(counterpartName(key.name, from));
  return [
    `ALTER TABLE ${relation} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${index}${deferring(key)}`,
    ...(key.comment === null
      ? []
      : [`COMMENT ON CONSTRAINT ${name} ON ${relation} IS ${escapeLiteral(key.comment)}`]),
  ];
}

/**
 * An index keeps the names that its columns had when it was made, and Postgres calls the index of a new partition after them: so in those of
 * partitioned tables they follow the columns. Their partitions' follow with them.
 */
export function swapIndexColumns({ table, plain, twins }: SidedTable, from: Shape): readonly string[] {
  if (isPartition(table) || !isPartitioned(table)) return [];
  const columns = [...twins].map(([column, twin]) => ({
    column,
    twin,
    displaced: displacedName(column, from),
  }));
  return plain.indexes.flatMap(({ name, ownNamesOf }) => {
    const counterpart = table.indexes.find((index) => index.name === counterpartName(name, from));
    const rename = (index: string, old: string, column: string) =>
      `ALTER TABLE ${escapeIdentifier(table.schema)}.${escapeIdentifier(index)} RENAME COLUMN ${escapeIdentifier(old)} TO ${escapeIdentifier(column)}`;
    return columns.flatMap(({ column, twin, displaced }) => [
      ...(ownNamesOf.includes(column) ? [rename(name, column, displaced)] : []),
      ...(counterpart?.ownNamesOf.includes(twin) ? [rename(counterpart.name, twin, column)] : []),
    ]);
  });
}

export function swapNames(
  tables: readonly SwappedTable[],
  swapped: SwappedTable,
  from: Shape,
): readonly string[] {
  const { table, plain } = swapped;
  const relation = quotedTable(table.name);
  const schema = escapeIdentifier(table.schema);
  // Somebody may drop an old one while the switch waits for its locks.
  const ifExists = isPartition(table) ? 'IF EXISTS ' : '';
  const swap = (name: string, rename: (from: string, to: string) => string, onlyCounterpart = false) => {
    const [here, displaced, counterpart] = [name, displacedName(name, from), counterpartName(name, from)].map(
      (each) => escapeIdentifier(each),
    ) as [string, string, string];
    return [...(onlyCounterpart ? [] : [rename(here, displaced)]), rename(counterpart, here)];
  };
  const renameConstraint = (old: string, name: string) =>
    `ALTER TABLE ${ifExists}${relation} RENAME CONSTRAINT ${old} TO ${name}`;
  const constraints = [...plain.uniques, ...plain.checks, ...plain.exclusions];
  return [
    // The index of a constraint is renamed with it.
    ...constraints.flatMap(({ name }) => swap(name, renameConstraint)),
    ...plain.foreignKeys.flatMap((foreignKey) =>
      swap(foreignKey.name, renameConstraint, pointsAtOldKey(foreignKey, tables)),
    ),
    ...plain.indexes
      .filter(({ constraint }) => constraint === null)
      .flatMap(({ name }) =>
        swap(name, (old, to) => `ALTER INDEX ${ifExists}${schema}.${old} RENAME TO ${to}`),
      ),
    ...plain.statistics.flatMap(({ name, schema: place }) =>
      swap(name, (old, to) => `ALTER STATISTICS ${escapeIdentifier(place)}.${old} RENAME TO ${to}`),
    ),
  ];
}
