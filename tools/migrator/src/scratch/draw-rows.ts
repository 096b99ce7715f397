/**
 * Pure: candidates for the rows of one table, drawn values beside references to rows that are there. Whether a candidate
 * keeps the checks and the unique rules is for Postgres to say.
 */
import type { Constraint, Table } from '../catalog/catalog';
import type { Hint } from './check-hints';
import { drawHinted } from './draw-hinted';
import type { Random } from './random';
import type { RowText } from './rows-snapshot';
import type { ValueSpace } from './value-space';

/** A foreign key of the table, with the keys that it may refer to. */
export interface Reference {
  readonly key: Constraint;
  /** Those of the key's columns that can be null. */
  readonly nullable: readonly string[];
  /** Key values of rows in the referred table, in the order of the key's columns; empty for a deferred reference. */
  readonly targets: readonly (readonly string[])[];
}

export interface TableDraw {
  readonly name: string;
  readonly table: Table;
  readonly references: readonly Reference[];
  /** By column. */
  readonly spaces: ReadonlyMap<string, ValueSpace>;
  /** By column. */
  readonly hints: ReadonlyMap<string, Hint>;
  /** Columns whose values the database makes. */
  readonly made: ReadonlySet<string>;
  readonly random: Random;
}

/** The first number of a key that the database would number by itself, where a row must refer to itself. */
const FIRST_EXPLICIT_KEY = 1_000;

/** @param nulls how often a value that can be null is, from 0 to 1 */
export function drawRows(draw: TableDraw, count: number, nulls: number): RowText[] {
  // Another place to start from each time, or the same pairs of references would be tried again.
  const start = draw.random.integer(0, 9_999);
  return Array.from({ length: count }, (_, index) => drawRow(draw, start + index, nulls));
}

function drawRow(draw: TableDraw, index: number, nulls: number): RowText {
  const { table, references, made, spaces, hints, random } = draw;
  const row: Record<string, string | null> = {};
  const referring = new Set(references.flatMap(({ key }) => key.columns));
  for (const { name, notNull } of table.columns) {
    const space = spaces.get(name);
    if (!space || made.has(name) || referring.has(name)) continue;
    row[name] = !notNull && random.chance(nulls) ? null : drawHinted(space, hints.get(name), random);
  }
  references.forEach((reference, place) => {
    if (!refer(row, reference, index, place, random.chance(nulls))) {
      Object.assign(row, referToItself(draw, row, reference, index));
    }
  });
  return row;
}

/** False when nothing is there to refer to and the reference cannot be null. */
function refer(
  row: Record<string, string | null>,
  { key, nullable, targets }: Reference,
  index: number,
  place: number,
  preferNull: boolean,
): boolean {
  // Two keys can share a column.
  const fitting = targets.filter((target) =>
    key.columns.every((column, position) => (row[column] ?? target[position]) === target[position]),
  );
  const free = nullable.filter((column) => row[column] === undefined || row[column] === null);
  if (fitting.length === 0 || (preferNull && free.length > 0)) {
    for (const column of free) row[column] = null;
    return free.length > 0;
  }
  // One after the other, each reference at its own pace: pairs of references, as in a join table, come up once each.
  const step = place === 0 ? index : index + place * Math.floor(index / fitting.length);
  const target = fitting[step % fitting.length]!;
  key.columns.forEach((column, position) => (row[column] = target[position] ?? null));
  return true;
}

/** Key columns and referring columns of a row that is its own parent; the key as drawn, or explicit. */
function referToItself({ name, made }: TableDraw, row: RowText, { key }: Reference, index: number): RowText {
  if (key.references?.table !== name) return {};
  return Object.fromEntries(
    key.columns.flatMap((column, position) => {
      const target = key.references!.columns[position]!;
      const value = row[target] ?? (made.has(target) ? String(FIRST_EXPLICIT_KEY + index) : null);
      return [
        [target, value],
        [column, value],
      ];
    }),
  );
}
