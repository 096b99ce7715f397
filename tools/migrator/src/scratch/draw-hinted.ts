/** Pure: one value of a column, drawn where its checks point to. */
import type { Hint } from './check-hints';
import { arrayLiteral, drawValue } from './draw-values';
import type { Random } from './random';
import { familyOf } from './sql-type';
import type { ValueSpace } from './value-space';

/** A hint may be wrong; now and then the whole type is tried. */
const TRUST = 0.95;

/** Null for a type that nothing is known about. */
export function drawHinted(space: ValueSpace, hint: Hint | undefined, random: Random): string | null {
  if (!hint || !random.chance(TRUST)) return drawValue(space, random);
  return space.type.isArray ? drawHintedArray(space, hint, random) : drawHintedElement(space, hint, random);
}

function drawHintedArray(space: ValueSpace, hint: Hint, random: Random): string | null {
  const element = { ...space, type: { ...space.type, isArray: false } };
  const count = hint.cardinality ?? random.integer(1, 3);
  const drawn = Array.from({ length: count }, () => drawHintedElement(element, hint, random));
  return drawn.some((value) => value === null) ? null : arrayLiteral(drawn as string[]);
}

function drawHintedElement(space: ValueSpace, hint: Hint, random: Random): string | null {
  switch (familyOf(space.type)) {
    case 'number':
      return drawWithin(space, hint, random);
    case 'json':
      return drawJsonOf(hint.jsonType, random) ?? drawValue(space, random);
    case 'text':
      return drawTextLike(space, hint, random);
    default:
      return drawValue(space, random);
  }
}

function drawWithin(space: ValueSpace, { min, max, oneOf }: Hint, random: Random): string | null {
  if (oneOf) return random.pick(oneOf);
  if (min === undefined && max === undefined) return drawValue(space, random);
  const from = Math.ceil(min ?? max! - 99);
  const to = Math.floor(max ?? from + 99);
  return from <= to ? String(random.integer(from, to)) : drawValue(space, random);
}

function drawTextLike(space: ValueSpace, hint: Hint, random: Random): string | null {
  const { oneOf, matching, letters, minLength = 0 } = hint;
  const room = space.maxLength ?? space.type.modifiers[0] ?? Infinity;
  const pointed = oneOf ? random.pick(oneOf) : matching?.(random);
  const isFitting = pointed !== undefined && pointed.length <= room;
  const drawn = isFitting ? pointed : drawValue(space, random)?.padEnd(minLength, 'x');
  if (drawn === undefined || !letters) return drawn ?? null;
  return letters === 'lower' ? drawn.toLowerCase() : drawn.toUpperCase();
}

function drawJsonOf(type: string | undefined, random: Random): string | undefined {
  switch (type) {
    case 'object':
      return `{"a": ${random.integer(0, 999)}}`;
    case 'array':
      return `[${random.integer(0, 999)}]`;
    case 'string':
      return `"${random.integer(0, 999)}"`;
    case 'number':
      return String(random.integer(0, 999));
    case 'boolean':
      return String(random.chance(0.5));
    default:
      return undefined;
  }
}
