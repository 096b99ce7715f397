/**
 * The checksum of a migration: of its tokens, so that a comment, a new line or the formatter changes nothing
 * and any change of what the code does changes it. Template literals, where the SQL is, count to the letter.
 */
import { createHash } from 'node:crypto';
import { significantTokens } from './significant-tokens';

/** SHA-256 of the code's tokens, 64 hexadecimal digits. */
export function checksum(code: string): string {
  const tokens = [...significantTokens(code), ''].join('\n');
  return createHash('sha256').update(tokens).digest('hex');
}
