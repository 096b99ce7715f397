/**
 * Pure: which values may be drawn for a column. Usually those of its type; fewer when they must fit another type too,
 * because a migration is about to change the column to it, or because a column of another type refers to it.
 */
import { familyOf, type SqlType } from './sql-type';

export interface ValueSpace {
  readonly type: SqlType;
  /** Of an enum; empty for any other type. */
  readonly labels: readonly string[];
  /** Characters of the value's text, where another type sets the limit. */
  readonly maxLength?: number;
  /** Both ends included, where another type sets them. */
  readonly range?: readonly [number, number];
}

/** Digits before and after the point that every value of the type has room for. */
const DIGITS: Readonly<Record<string, readonly [number, number]>> = {
  smallint: [4, 0],
  integer: [9, 0],
  bigint: [15, 0],
  // A float keeps six significant digits of any kind.
  real: [4, 2],
  'double precision': [9, 6],
};

/** The values of `column` that `target` takes as they are, where that can be told; else those of `column`. */
export function narrow(column: ValueSpace, target: ValueSpace): ValueSpace {
  if (column.type.isArray !== target.type.isArray) return column;
  if (column.labels.length > 0 || target.labels.length > 0) return narrowLabels(column, target);
  const families = [familyOf(column.type), familyOf(target.type)] as const;
  if (families[0] === 'text') return narrowText(column, target);
  if (families[1] === 'text') return { ...column, maxLength: shorter(column.maxLength, lengthOf(target)) };
  switch (families.join(' ')) {
    case 'number number':
      return { ...column, type: narrowNumber(column.type, target.type) };
    case 'number boolean':
      return { ...column, range: [0, 1] };
    case 'boolean number':
      return column;
    case 'moment moment':
      return { ...column, type: narrowMoment(column.type, target.type) };
    case 'json json':
      // jsonb keeps less than json does: its spaces, the order of its keys.
      return { ...column, type: { ...column.type, name: 'jsonb' } };
    default:
      return column.type.name === target.type.name
        ? { ...column, type: fewer(column.type, target.type) }
        : column;
  }
}

function narrowLabels(column: ValueSpace, target: ValueSpace): ValueSpace {
  if (column.labels.length > 0 && target.labels.length > 0) {
    const both = column.labels.filter((label) => target.labels.includes(label));
    return both.length > 0 ? { ...column, labels: both } : column;
  }
  if (familyOf(column.type) === 'text') return { ...target, maxLength: lengthOf(column) };
  return column;
}

function narrowText(column: ValueSpace, target: ValueSpace): ValueSpace {
  const maxLength = shorter(lengthOf(column), lengthOf(target));
  return { ...target, maxLength };
}

function lengthOf({ type, maxLength }: ValueSpace): number | undefined {
  return familyOf(type) === 'text' ? shorter(type.modifiers[0], maxLength) : maxLength;
}

function shorter(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}

function narrowNumber(one: SqlType, other: SqlType): SqlType {
  const [wholeOne, scaleOne] = digitsOf(one);
  const [wholeOther, scaleOther] = digitsOf(other);
  const scale = Math.min(scaleOne, scaleOther);
  return { ...one, name: 'numeric', modifiers: [Math.max(Math.min(wholeOne, wholeOther), 1) + scale, scale] };
}

/** `numeric` without modifiers has room for more than is ever drawn. */
function digitsOf({ name, modifiers: [precision, scale = 0] }: SqlType): readonly [number, number] {
  if (precision !== undefined) return [Math.max(precision - scale, 0), Math.max(scale, 0)];
  return DIGITS[name] ?? [15, 6];
}

function narrowMoment(one: SqlType, other: SqlType): SqlType {
  if (one.name === 'date' || other.name === 'date') return { ...one, name: 'date', modifiers: [] };
  return { ...one, modifiers: [Math.min(one.modifiers[0] ?? 6, other.modifiers[0] ?? 6)] };
}

function fewer(one: SqlType, other: SqlType): SqlType {
  const [mine] = one.modifiers;
  const [theirs] = other.modifiers;
  return theirs !== undefined && (mine === undefined || theirs < mine) ? other : one;
}
