/**
 * The checksum of a migration: of its tokens, so that a comment, a new line or the formatter changes nothing
 * and any change of what the code does changes it. Template literals, where the SQL is, count to the letter.
 */
import { createHash } from 'node:crypto';
import jsTokens, { type Token } from 'js-tokens';

const TRIVIA = new Set<Token['type']>([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
  'HashbangComment',
]);
const CLOSING = new Set([')', ']', '}']);

/** SHA-256 of the code's tokens, 64 hexadecimal digits. */
export function checksum(code: string): string {
  const hash = createHash('sha256');
  let comma = false;
  for (const token of jsTokens(code)) {
    if (TRIVIA.has(token.type) || token.value === ';') continue;
    // A trailing comma is formatting: hold each comma back until what follows it is known.
    if (comma && !CLOSING.has(token.value)) hash.update(',\n');
    comma = token.value === ',' && token.type === 'Punctuator';
    if (!comma) hash.update(`${normalized(token)}\n`);
  }
  return hash.digest('hex');
}

/** 'a' and "a" are one string, whatever the formatter prefers. */
function normalized(token: Token): string {
  if (token.type !== 'StringLiteral') return token.value;
  return JSON.stringify(token.value.slice(1, -1).replace(/\\(['"])/g, '$1'));
}
