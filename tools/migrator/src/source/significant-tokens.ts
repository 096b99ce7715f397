/**
 * Pure: code -> the tokens that decide what it does. What a formatter chooses by its options is not among them:
 *
 *   semicolons, trailing commas, quotes     f('a', );       ->  f("a")
 *   parentheses of a lone parameter         (row) => row    ->  row => row
 *   parentheses around a whole result       return (a && b) ->  return a && b
 *   quotes of a property                    { 'a': 1 }      ->  { a: 1 }
 *   the bar before a union                  type A = | B    ->  type A = B
 *
 * Each rule is one that cannot make two programs of different meaning equal. Remarks to other tools are not among
 * them either (see `remarks.ts`).
 */
import jsTokens, { type Token } from 'js-tokens';
import { CLOSING, closingOf, OPENING } from './closing-of';
import { withoutRemarks } from './remarks';

const TRIVIA = new Set<Token['type']>([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
  'HashbangComment',
]);
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** After a closing parenthesis these go on with the expression; every other name begins the next statement. */
const BINARY_WORDS = new Set(['in', 'instanceof', 'as', 'satisfies']);

export function significantTokens(code: string): string[] {
  const tokens = withoutRemarks([...jsTokens(code)].filter(({ type }) => !TRIVIA.has(type)));
  const left = new Set<number>();
  tokens.forEach((token, index) => {
    if (token.type !== 'Punctuator') return;
    if (isFormatting(tokens, index)) left.add(index);
    if (token.value !== '(') return;
    const end = closingOf(tokens, index);
    if (!isLoneParameter(tokens, index, end) && !isWholeResult(tokens, index, end)) return;
    left.add(index).add(end);
  });
  return tokens.flatMap((token, index) => (left.has(index) ? [] : [normalized(tokens, token, index)]));
}

function isFormatting(tokens: readonly Token[], index: number): boolean {
  const { value } = tokens[index]!;
  const next = tokens[index + 1]?.value ?? '';
  const previous = tokens[index - 1]?.value ?? '';
  if (value === ';') return true;
  if (value === ',') return CLOSING.has(next);
  return (value === '|' || value === '&') && ['=', ':', '(', '<', ','].includes(previous);
}

function isLoneParameter(tokens: readonly Token[], start: number, end: number): boolean {
  const [parameter, comma, ...rest] = tokens.slice(start + 1, end);
  if (parameter?.type !== 'IdentifierName' || rest.length > 0) return false;
  return (comma === undefined || comma.value === ',') && tokens[end + 1]?.value === '=>';
}

/** `return (...)`, `throw (...)` and `=> (...)`, where nothing of the expression comes after the parenthesis. */
function isWholeResult(tokens: readonly Token[], start: number, end: number): boolean {
  if (!['return', 'throw', '=>'].includes(tokens[start - 1]?.value ?? '')) return false;
  const inside = tokens.slice(start + 1, end);
  // `=> ({})` is an object and `=> {}` a block; `(a, b)` is one value and `a, b` may be two arguments.
  if (inside[0]?.value === '{' || hasCommaAtTop(inside)) return false;
  const next = tokens[end + 1];
  if (!next || next.value === ';' || next.value === ',' || CLOSING.has(next.value)) return true;
  return next.type === 'IdentifierName' && !BINARY_WORDS.has(next.value);
}

function hasCommaAtTop(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some(({ type, value }) => {
    if (type !== 'Punctuator') return false;
    if (OPENING.has(value)) depth++;
    if (CLOSING.has(value)) depth--;
    return depth === 0 && value === ',';
  });
}

function normalized(tokens: readonly Token[], token: Token, index: number): string {
  if (token.type !== 'StringLiteral') return token.value;
  // 'a' and "a" are one string, whatever the formatter prefers, and so are their escaped quotes.
  const content = token.value
    .slice(1, -1)
    .replace(/\\([\s\S])/g, (escape, letter: string) => (letter === "'" || letter === '"' ? letter : escape));
  return isPropertyName(tokens, index) && IDENTIFIER.test(content) ? content : JSON.stringify(content);
}

/** In `{ 'a': 1, 'b': 2 }`; not in `c ? 'a' : 'b'`. */
function isPropertyName(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.value === ':' && ['{', ','].includes(tokens[index - 1]?.value ?? '');
}
