/**
 * Pure: facts of a table -> what of it needs a converted column by its plain name, and so needs a counterpart. What is a
 * counterpart or a spare already is left out, and so is what needs a column and its twin (the conversion's own checks).
 */
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type {
  ConstraintFacts,
  IndexFacts,
  PartitionFacts,
  StatisticsFacts,
  TableFacts,
} from '../inspect/table-facts';
import type { Shape } from '../twins';
import { displacedName, twinColumns, type TwinColumns } from './sides';

/** A table of the conversion, or a partition of one, whose indexes and constraints have names of their own. */
export interface SidedTable {
  readonly table: TableFacts | PartitionFacts;
  readonly twins: TwinColumns;
  readonly plain: PlainObjects;
}

export const isPartition = (table: TableFacts | PartitionFacts): table is PartitionFacts => 'root' in table;
export const isPartitioned = ({ kind }: TableFacts | PartitionFacts) => kind === 'partitioned table';

/** The tables in the order of the declaration, each one after its partitions. */
export function sidedTables(
  conversion: IdConversion,
  { tables, partitions }: ConversionFacts,
  shape: Shape,
): readonly SidedTable[] {
  return [...twinColumns(conversion, shape)].flatMap(([name, twins]) => {
    const table = tables[name];
    if (table === undefined) return [];
    return [...partitions.filter(({ root }) => root === name), table].map((each) => ({
      table: each,
      twins,
      plain: plainObjects(each, twins, shape),
    }));
  });
}

export interface PlainObjects {
  /** Those of primary keys and unique constraints included, those of exclusion constraints not. */
  readonly indexes: readonly IndexFacts[];
  readonly uniques: readonly ConstraintFacts[];
  readonly checks: readonly ConstraintFacts[];
  readonly exclusions: readonly ConstraintFacts[];
  readonly foreignKeys: readonly ConstraintFacts[];
  readonly statistics: readonly StatisticsFacts[];
  /** The primary key, where a converted column is part of it. */
  readonly primaryKey: IndexFacts | undefined;
}

export function plainObjects(
  table: TableFacts | PartitionFacts,
  twins: TwinColumns,
  shape: Shape,
): PlainObjects {
  const others = new Set(twins.values());
  const isPlain = (columns: readonly string[]) =>
    columns.some((column) => twins.has(column)) && !columns.some((column) => others.has(column));
  const primaryKey = table.indexes.find(({ primary, dependsOn }) => primary && isPlain(dependsOn));
  const spare = primaryKey && displacedName(primaryKey.name, shape);
  const exclusions = table.constraints.filter(
    ({ kind, columns }) => kind === 'exclusion' && isPlain(columns),
  );
  const ofKind = (wanted: ConstraintFacts['kind']) =>
    table.constraints.filter(({ kind, columns }) => kind === wanted && isPlain(columns));
  return {
    primaryKey,
    indexes: table.indexes.filter(
      ({ name, dependsOn }) =>
        isPlain(dependsOn) && name !== spare && !exclusions.some(({ index }) => index === name),
    ),
    uniques: ofKind('unique'),
    // What is done to a table's check is done to those of its partitions.
    checks: ofKind('check').filter(({ parent }) => parent === null),
    exclusions,
    foreignKeys: ofKind('foreign key'),
    statistics: isPartition(table) ? [] : table.statistics.filter(({ dependsOn }) => isPlain(dependsOn)),
  };
}
