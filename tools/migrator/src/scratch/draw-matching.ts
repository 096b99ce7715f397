/**
 * Texts that match a pattern. Postgres' patterns are JavaScript's for all that is common in a check; one that is not is
 * no pattern here. https://www.postgresql.org/docs/current/functions-matching.html#POSIX-SYNTAX-DETAILS
 */
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import type { Random } from './random';

/** What has no upper bound gets this many more than it needs. */
const MORE = 5;
const WORD = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SETS: Readonly<Record<string, string>> = {
  any: WORD,
  word: WORD,
  digit: '0123456789',
  space: ' ',
  property: WORD,
};
/** Where a class says what a character is not. */
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

/** Draws texts that match, or nearly: anchors and assertions in the middle are passed over. */
export function matching(pattern: string): ((random: Random) => string) | undefined {
  const spelled = pattern.replace(
    /\[:(alpha|lower|upper|digit|alnum|space):\]/g,
    (_, name: string) => CLASSES[name]!,
  );
  try {
    const parsed = new RegExpParser({ ecmaVersion: 2022 }).parsePattern(spelled);
    return (random) => drawAlternatives(parsed.alternatives, random);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  lower: 'a-z',
  upper: 'A-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  space: ' ',
};

function drawAlternatives(alternatives: readonly AST.Alternative[], random: Random): string {
  return random
    .pick(alternatives)
    .elements.map((element) => drawElement(element, random))
    .join('');
}

function drawElement(element: AST.Element, random: Random): string {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return drawAlternatives(element.alternatives, random);
    case 'Quantifier': {
      const most = Math.min(element.max, element.min + MORE);
      return Array.from({ length: random.integer(element.min, most) }, () =>
        drawElement(element.element, random),
      ).join('');
    }
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterSet':
      return random.pick([...(SETS[element.kind] ?? WORD)]);
    case 'CharacterClass':
      return drawOfClass(element, random);
    default:
      return '';
  }
}

function drawOfClass({ elements, negate }: AST.CharacterClass, random: Random): string {
  if (negate) {
    const excluded = PRINTABLE.filter((character) => !elements.some((element) => holds(element, character)));
    return excluded.length > 0 ? random.pick(excluded) : '';
  }
  if (elements.length === 0) return '';
  const element = random.pick(elements);
  switch (element.type) {
    case 'Character':
      return String.fromCodePoint(element.value);
    case 'CharacterClassRange':
      return String.fromCodePoint(random.integer(element.min.value, element.max.value));
    case 'CharacterSet':
      return random.pick([...(SETS[element.kind] ?? WORD)]);
    default:
      return '';
  }
}

function holds(element: AST.CharacterClass['elements'][number], character: string): boolean {
  const code = character.codePointAt(0)!;
  if (element.type === 'Character') return element.value === code;
  if (element.type === 'CharacterClassRange') return element.min.value <= code && code <= element.max.value;
  return element.type === 'CharacterSet' && (SETS[element.kind] ?? '').includes(character);
}
