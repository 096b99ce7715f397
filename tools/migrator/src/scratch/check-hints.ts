/**
 * Pure: what the checks of a table say about the values of each column, as far as it can be read off their text: bounds,
 * lists, patterns, lengths. Hints make drawing quick; they need not be right, because Postgres judges every drawn row.
 */
import type { Table } from '../catalog/catalog';
import { matching } from './draw-matching';
import type { Random } from './random';

export interface Hint {
  /** Bounds of a number, or of every element of an array of numbers; both included. */
  readonly min?: number;
  readonly max?: number;
  /** The values of a list. */
  readonly oneOf?: readonly string[];
  /** Draws a text that matches a pattern. */
  readonly matching?: (random: Random) => string;
  /** Elements of an array. */
  readonly cardinality?: number;
  /** Characters of a text. */
  readonly minLength?: number;
  readonly letters?: 'lower' | 'upper';
  readonly jsonType?: string;
}

type MutableHint = { -readonly [Name in keyof Hint]: Hint[Name] };

// As Postgres prints checks: a column is quoted where it must be, and in brackets before a cast.
const NAME = String.raw`(?:"(?:[^"]|"")+"|\b[a-z_][\w$]*)`;
const COLUMN = String.raw`\(?(?<column>${NAME})(?:\)::[a-z ]+(?:\(\d+\))?(?:\[\])?)?`;
const NUMBER = String.raw`\(?'?(?<value>-?\d+(?:\.\d+)?)'?\)?`;
const TEXT = String.raw`'(?<value>(?:[^']|'')*)'`;
const LENGTH = String.raw`\b(?:char_)?length\(${COLUMN}\)`;

const atLeast = (hint: MutableHint, bound: number) => (hint.min = Math.max(hint.min ?? bound, bound));
const atMost = (hint: MutableHint, bound: number) => (hint.max = Math.min(hint.max ?? bound, bound));
const longerThan = (hint: MutableHint, length: number) =>
  (hint.minLength = Math.max(hint.minLength ?? 0, length));

/** A form that a check can have, and what it says about the column. */
const FORMS: readonly (readonly [RegExp, (hint: MutableHint, value: string) => unknown])[] = [
  [form(`${COLUMN} >= ${NUMBER}`), (hint, value) => atLeast(hint, Number(value))],
  [form(`${COLUMN} > ${NUMBER}`), (hint, value) => atLeast(hint, Number(value) + 1)],
  [form(`${COLUMN} <= ${NUMBER}`), (hint, value) => atMost(hint, Number(value))],
  [form(`${COLUMN} < ${NUMBER}`), (hint, value) => atMost(hint, Number(value) - 1)],
  [form(String.raw`${NUMBER} <= ALL \(${COLUMN}`), (hint, value) => atLeast(hint, Number(value))],
  [form(String.raw`${NUMBER} >= ALL \(${COLUMN}`), (hint, value) => atMost(hint, Number(value))],
  [form(`${LENGTH} >= ${NUMBER}`), (hint, value) => longerThan(hint, Number(value))],
  [form(`${LENGTH} > ${NUMBER}`), (hint, value) => longerThan(hint, Number(value) + 1)],
  [
    form(String.raw`\bcardinality\(${COLUMN}\) = ${NUMBER}`),
    (hint, value) => (hint.cardinality = Number(value)),
  ],
  [form(String.raw`\bjsonb?_typeof\(${COLUMN}\) = ${TEXT}`), (hint, value) => (hint.jsonType = value)],
  [
    form(String.raw`= (?<value>lower|upper)\(${COLUMN}\)`),
    (hint, value) => (hint.letters = value === 'lower' ? 'lower' : 'upper'),
  ],
  [
    form(String.raw`${COLUMN} = ANY \(\(?ARRAY\[(?<value>[^\]]*)\]`),
    (hint, list) =>
      (hint.oneOf = [...list.matchAll(form(TEXT))].map((match) => unquoted(match.groups!['value']!))),
  ],
  [form(`${COLUMN} ~ ${TEXT}`), (hint, pattern) => (hint.matching = matching(unquoted(pattern)))],
];

/** By column; a column that no check speaks of, in a form that is known here, has none. */
export function readHints(table: Table): ReadonlyMap<string, Hint> {
  const hints = new Map<string, MutableHint>();
  for (const { kind, definition } of Object.values(table.constraints)) {
    if (kind !== 'check') continue;
    for (const [pattern, read] of FORMS) {
      for (const { groups } of definition.matchAll(pattern)) {
        const column = groups!['column']!.replace(/^"(.*)"$/, '$1').replace(/""/g, '"');
        const hint = hints.get(column) ?? {};
        read(hint, groups!['value']!);
        hints.set(column, hint);
      }
    }
  }
  return hints;
}

function form(pattern: string): RegExp {
  return new RegExp(pattern, 'g');
}

function unquoted(text: string): string {
  return text.replace(/''/g, "'");
}
