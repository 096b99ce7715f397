/**
 * Pure: values of a Postgres type, as the text that the type reads, decided by a seed. Plain ones and awkward ones
 * (quotes, other alphabets, long and short, negative, many decimals), because those are what a careless cast loses.
 */
import { drawOther } from './draw-other';
import { Random } from './random';
import { familyOf, parseSqlType, type SqlType } from './sql-type';
import type { ValueSpace } from './value-space';

export interface DrawFacts {
  /** Of an enum. */
  readonly labels?: readonly string[];
}

/**
 * @param type as `format_type` prints it
 * @returns null for a type that nothing is known about
 */
export function drawValues(
  type: string,
  { labels = [] }: DrawFacts,
  count: number,
  seed: number,
): string[] | null {
  const random = new Random(seed);
  const values = Array.from({ length: count }, () => drawValue({ type: parseSqlType(type), labels }, random));
  return values.some((value) => value === null) ? null : (values as string[]);
}

/** One value; null for a type that nothing is known about. */
export function drawValue(space: ValueSpace, random: Random): string | null {
  if (!space.type.isArray) return drawElement(space, random);
  const elements = Array.from({ length: random.integer(0, 3) }, () => drawElement(space, random));
  if (elements.length === 0 && drawElement(space, random) === null) return null;
  if (elements.some((element) => element === null)) return null;
  return arrayLiteral(elements as string[]);
}

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
export function arrayLiteral(elements: readonly string[]): string {
  return `{${elements.map((element) => `"${element.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function drawElement(space: ValueSpace, random: Random): string | null {
  const { maxLength = Infinity } = space;
  const value = drawAny(space, random);
  if (value === null || [...value].length <= maxLength) return value;
  switch (familyOf(space.type)) {
    case 'text':
      return [...value].slice(0, maxLength).join('');
    case 'number':
      return String(random.integer(0, 9));
    default:
      // What cannot be shortened has no value that fits.
      return space.labels.find(({ length }) => length <= maxLength) ?? value;
  }
}

function drawAny({ type, labels, maxLength, range }: ValueSpace, random: Random): string | null {
  if (labels.length > 0) return random.pick(labels);
  switch (familyOf(type)) {
    case 'text':
      return drawText(type, maxLength, random);
    case 'number':
      return range ? String(random.integer(...range)) : drawNumber(type, random);
    case 'boolean':
      return String(random.chance(0.5));
    case 'moment':
      return drawMoment(type, random);
    case 'json':
      return drawJson(random);
    default:
      return drawOther(type, random);
  }
}

const WORDS = [
  'puck',
  'Blue line',
  "Coach's note",
  'Ö',
  'Тренер',
  'back\\slash',
  '"quoted"',
  ' spaces ',
  '🏒',
  '%_',
];

function drawText(
  { name, modifiers: [length] }: SqlType,
  maxLength: number | undefined,
  random: Random,
): string {
  const room = Math.min(length ?? 40, maxLength ?? 40);
  // The number first, so that what is cut to its length still differs.
  const text = `${random.integer(0, 10 ** Math.min(room, 9) - 1)} ${random.pick(WORDS)}`;
  const cut = [...text].slice(0, room).join('');
  // Blanks at the end are no part of a character(n).
  return name === 'character' ? cut.trimEnd() : cut;
}

/** Digits before the point: few as a rule, so that sums and products in generated columns stay in range. */
const WHOLE_DIGITS: Readonly<Record<string, number>> = { smallint: 4, integer: 9, bigint: 15, real: 4 };
const USUAL_DIGITS = 5;

function drawNumber({ name, modifiers }: SqlType, random: Random): string {
  const [precision, declaredScale = 0] = modifiers;
  const isWhole = name === 'smallint' || name === 'integer' || name === 'bigint';
  const scale = isWhole
    ? 0
    : precision === undefined
      ? name === 'real'
        ? 2
        : 6
      : Math.max(declaredScale, 0);
  const room = precision === undefined ? (WHOLE_DIGITS[name] ?? 9) : Math.max(precision - scale, 0);
  const digits = random.chance(0.1) ? room : Math.min(room, USUAL_DIGITS);
  const whole = random.integer(0, 10 ** digits - 1);
  const fraction = scale === 0 ? '' : `.${digitsOf(scale, random)}`;
  return `${random.chance(0.2) ? '-' : ''}${whole}${fraction}`.replace(/^-0(?:\.0+)?$/, '0');
}

function digitsOf(count: number, random: Random): string {
  return Array.from({ length: count }, () => random.integer(0, 9)).join('');
}

const FROM_MS = Date.UTC(1970, 0, 1);
const TO_MS = Date.UTC(2035, 0, 1);

function drawMoment({ name, modifiers: [precision = 6] }: SqlType, random: Random): string {
  const [day = '', time = ''] = new Date(random.integer(FROM_MS, TO_MS)).toISOString().split('T');
  if (name === 'date') return day;
  const fraction = precision === 0 ? '' : `.${digitsOf(precision, random)}`;
  const zone = name === 'timestamp with time zone' ? '+00' : '';
  return `${day} ${time.slice(0, 8)}${fraction}${zone}`;
}

/** As jsonb prints it, so that json and jsonb keep the same. */
function drawJson(random: Random): string {
  const number = random.integer(0, 999);
  return random.pick([
    `{"a": ${number}, "bb": [true, null, "x"]}`,
    `[${number}, {"c": "it's"}]`,
    `{}`,
    `"${number}"`,
  ]);
}
