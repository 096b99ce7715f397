/**
 * Pure: what a migration says about itself to the tools that judge it, and to nobody who runs it:
 *
 *   static lint = { 'squawk/ban-drop-column': 'the column was never released' };
 *   static irreversible = 'the numbers are gone';
 *
 * and what it says about others, which changes nothing of what it does itself:
 *
 *   static replaces = ['AddTeams', 'AddSeasons'];
 *
 * They are often written after the migration was applied, and must not make it look as if it had been edited.
 */
import type { Token } from 'js-tokens';
import { closingOf } from './closing-of';

const REMARKS = new Set(['lint', 'irreversible', 'replaces']);
const TEXT = new Set<Token['type']>(['StringLiteral', 'NoSubstitutionTemplate']);

export function withoutRemarks(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const end = endOfRemark(tokens, index);
    if (end === undefined) kept.push(tokens[index]!);
    else index = end;
  }
  return kept;
}

/** The last token of the remark that begins here; undefined when none does. */
function endOfRemark(tokens: readonly Token[], start: number): number | undefined {
  if (tokens[start]?.value !== 'static') return undefined;
  const name = start + (tokens[start + 1]?.value === 'readonly' ? 2 : 1);
  if (!REMARKS.has(tokens[name]?.value ?? '') || tokens[name + 1]?.value !== '=') return undefined;
  const value = name + 2;
  if (tokens[value]?.value === '{' || tokens[value]?.value === '[') return closingOf(tokens, value);
  if (!TEXT.has(tokens[value]?.type ?? 'Invalid')) return undefined;
  let end = value;
  while (tokens[end + 1]?.value === '+' && TEXT.has(tokens[end + 2]?.type ?? 'Invalid')) end += 2;
  return end;
}
