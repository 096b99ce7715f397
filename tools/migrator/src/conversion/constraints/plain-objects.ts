/**
 * Pure: facts of a table -> what of it needs a converted column by its plain name, and so needs a counterpart. What is a
 * counterpart or a spare already is left out, and so is what needs a column and its twin (the conversion's own checks).
 */
import type { ConstraintFacts, IndexFacts, StatisticsFacts, TableFacts } from '../inspect/table-facts';
import type { Shape } from '../twins';
import { displacedName, type TwinColumns } from './sides';

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

export function plainObjects(table: TableFacts, twins: TwinColumns, shape: Shape): PlainObjects {
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
    checks: ofKind('check'),
    exclusions,
    foreignKeys: ofKind('foreign key'),
    statistics: table.statistics.filter(({ dependsOn }) => isPlain(dependsOn)),
  };
}
