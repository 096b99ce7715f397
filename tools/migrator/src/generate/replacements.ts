/**
 * Pure: which constraints and indexes of tables that stay have to go, come, or both, and when. Besides those that differ, these
 * are the ones that stand in the way of another change: what they say is the same before and after, but Postgres cannot carry
 * it over.
 */
import type { Constraint, Index } from '../catalog/catalog';
import { loses, touches, type SchemaChange, type TableChange } from './schema-change';

export interface Replacement<T> {
  readonly table: TableChange;
  readonly old: T | undefined;
  readonly wanted: T | undefined;
  /** The same before and after, and in the way in between. */
  readonly isRemade: boolean;
  /** Whether the old one must be gone before the columns change, so that it cannot be there until the new one is. */
  readonly goesFirst: boolean;
}

export function constraintReplacements(change: SchemaChange): Replacement<Constraint>[] {
  const others = change.tables.flatMap((table) =>
    pairs(table.from.constraints, table.to.constraints)
      .filter(({ old, wanted }) => (old ?? wanted)?.kind !== 'foreign key')
      .flatMap((pair) => replaceConstraint(table, pair)),
  );
  const keys = onlyOnePrimaryKey(others);
  const goneKeys = keys.filter(({ old }) => old && isKey(old));
  const foreignKeys = change.tables.flatMap((table) =>
    pairs(table.from.constraints, table.to.constraints)
      .filter(({ old, wanted }) => (old ?? wanted)?.kind === 'foreign key')
      .flatMap((pair) => replaceForeignKey(change, goneKeys, table, pair)),
  );
  return [...keys, ...foreignKeys];
}

export function indexReplacements({ tables }: SchemaChange): Replacement<Index>[] {
  return tables.flatMap((table) =>
    pairs(table.from.indexes, table.to.indexes).flatMap(({ old, wanted }) => {
      const isSame = old && wanted && old.definition === wanted.definition && old.valid === wanted.valid;
      const columns = old?.dependsOn ?? [];
      // Postgres makes a plain index again by itself when the type of its column changes.
      const isInTheWay = old?.hasExpression ? touches(table, columns) : loses(table, columns);
      if (isSame && !isInTheWay) return [];
      const goesFirst = isSame ? isInTheWay : touches(table, columns);
      return [{ table, old, wanted, isRemade: isSame === true, goesFirst }];
    }),
  );
}

export function isKey({ kind }: Constraint): boolean {
  return kind === 'primary key' || kind === 'unique';
}

interface Pair<T> {
  readonly old: T | undefined;
  readonly wanted: T | undefined;
}

function pairs<T>(from: Readonly<Record<string, T>>, to: Readonly<Record<string, T>>): Pair<T>[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.map((name) => ({ old: from[name], wanted: to[name] }));
}

function replaceConstraint(table: TableChange, { old, wanted }: Pair<Constraint>): Replacement<Constraint>[] {
  const isSame = old !== undefined && old.definition === wanted?.definition;
  const columns = old?.columns ?? [];
  // Postgres makes the index of a key again by itself, but the expression of a check may no longer fit the type.
  const isInTheWay = old && isKey(old) ? loses(table, columns) : touches(table, columns);
  if (isSame && !isInTheWay) return [];
  const becomesNullable = columns.some(
    (name) => table.to.columns.find((column) => column.name === name)?.notNull === false,
  );
  const goesFirst = isSame
    ? isInTheWay
    : touches(table, columns) || (old?.kind === 'primary key' && becomesNullable);
  return [{ table, old, wanted, isRemade: isSame, goesFirst }];
}

function replaceForeignKey(
  { to, tableChange }: SchemaChange,
  goneKeys: readonly Replacement<Constraint>[],
  table: TableChange,
  { old, wanted }: Pair<Constraint>,
): Replacement<Constraint>[] {
  const isSame = old !== undefined && old.definition === wanted?.definition;
  if (!old) return [{ table, old, wanted, isRemade: false, goesFirst: false }];
  const { table: targetName = '', columns: targetColumns = [] } = old.references ?? {};
  const target = tableChange(targetName);
  const isRetyped = [
    ...old.columns.map((column) => table.retyped.get(column)),
    ...targetColumns.map((column) => target?.retyped.get(column)),
  ].some((retyped) => retyped?.changesBase);
  const isLost =
    !to.tables[targetName] || loses(table, old.columns) || (target ? loses(target, targetColumns) : false);
  const itsKey = goneKeys.find(
    (key) => key.table.name === targetName && sameSet(key.old?.columns ?? [], targetColumns),
  );
  if (isSame && !isRetyped && !isLost && !itsKey) return [];
  const goesFirst = isRetyped || isLost || (itsKey !== undefined && (itsKey.goesFirst || !itsKey.wanted));
  return [{ table, old, wanted, isRemade: isSame, goesFirst }];
}

/** The old primary key goes as the new one comes, whatever they are called. */
function onlyOnePrimaryKey(replacements: readonly Replacement<Constraint>[]): Replacement<Constraint>[] {
  const isPrimary = (constraint: Constraint | undefined) => constraint?.kind === 'primary key';
  return replacements.flatMap((replacement) => {
    const { table, old, wanted } = replacement;
    const other = replacements.find(
      (candidate) =>
        candidate !== replacement &&
        candidate.table === table &&
        (isPrimary(old) ? isPrimary(candidate.wanted) : isPrimary(wanted) && isPrimary(candidate.old)),
    );
    if (!other) return [replacement];
    if (isPrimary(old)) return wanted ? [{ ...replacement, old: undefined, goesFirst: false }] : [];
    return [{ ...replacement, old: other.old, goesFirst: other.goesFirst }];
  });
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}
