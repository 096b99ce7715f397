/** Pure: brackets among tokens. */
import type { Token } from 'js-tokens';

export const OPENING: ReadonlySet<string> = new Set(['(', '[', '{']);
export const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);

/** The index of the bracket that closes the one at `start`; the number of tokens when there is none. */
export function closingOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { type, value } = tokens[index]!;
    if (type !== 'Punctuator') continue;
    if (OPENING.has(value)) depth++;
    if (CLOSING.has(value) && --depth === 0) return index;
  }
  return tokens.length;
}
