/** Pure: whether a column of one type holds everything that a column of another type holds. */

export type TypeChange = 'wider' | 'narrower' | 'other';

interface ParsedType {
  /** With the words around the length: `timestamp with time zone`. */
  readonly base: string;
  /** Length or precision; infinite where there is none. */
  readonly length: number;
  readonly scale: number;
  /** `[]` for an array. */
  readonly array: string;
}

const TYPE = /^(.*?)(?:\((\d+)(?:,(-?\d+))?\))?( with(?:out)? time zone)?((?:\[\])*)$/;

/** Each holds all that those before it hold, and reads and writes alike. */
const LADDERS: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint', 'numeric'],
  ['real', 'double precision'],
  ['character', 'character varying', 'text'],
];

/** Digits after the second, where a type does not say. */
const DEFAULT_PRECISION = 6;
const HAS_PRECISION = /^(time|timestamp|interval)\b/;

/** In these a length is what the value has, not the most that it may have. */
const EXACT_LENGTH = ['bit', 'character'];

/** Types as `format_type` prints them. `other`: neither holds the other's values as they are. */
export function compareTypes(from: string, to: string): TypeChange {
  const [one, other] = [parse(from), parse(to)];
  if (holds(other, one)) return 'wider';
  return holds(one, other) ? 'narrower' : 'other';
}

function holds(outer: ParsedType, inner: ParsedType): boolean {
  if (outer.array !== inner.array) return false;
  if (outer.base === inner.base) {
    if (outer.base === 'numeric') return holdsDigits(outer, inner);
    return EXACT_LENGTH.includes(outer.base) ? outer.length === inner.length : outer.length >= inner.length;
  }
  const ladder = LADDERS.find((types) => types.includes(outer.base) && types.includes(inner.base));
  if (!ladder || ladder.indexOf(outer.base) < ladder.indexOf(inner.base)) return false;
  // A number that grows into another type needs all of that type; text of n characters fits any n or more.
  return outer.base === 'numeric'
    ? outer.length === Infinity
    : outer.length >= inner.length || !isText(outer);
}

function holdsDigits(outer: ParsedType, inner: ParsedType): boolean {
  if (outer.length === Infinity) return true;
  return outer.scale >= inner.scale && outer.length - outer.scale >= inner.length - inner.scale;
}

const isText = ({ base }: ParsedType) => base.startsWith('character');

function parse(type: string): ParsedType {
  const [, base = type, length, scale, zone = '', array = ''] = TYPE.exec(type) ?? [];
  const longest = HAS_PRECISION.test(base) ? DEFAULT_PRECISION : Infinity;
  return {
    // Without a length the two are one type.
    base: base === 'character varying' && length === undefined ? 'text' : base + zone,
    length: length === undefined ? longest : Number(length),
    scale: Number(scale ?? 0),
    array,
  };
}
