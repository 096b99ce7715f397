import { createHash } from 'node:crypto';

/** PostgreSQL cuts longer names in silence (NAMEDATALEN - 1), and what was cut may collide. */
const MAX_IDENTIFIER_BYTES = 63;
const HASH_LENGTH = 8;

/** Short, stable digest of `text`, for names that must differ where their readable part does not. */
export function shortHash(text: string, length = HASH_LENGTH): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** `name` as it is when PostgreSQL keeps it whole, else its beginning and a hash of all of it. */
export function fitIdentifier(name: string): string {
  if (Buffer.byteLength(name) <= MAX_IDENTIFIER_BYTES) return name;
  const room = MAX_IDENTIFIER_BYTES - HASH_LENGTH - 1;
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return `${kept.replace(/_+$/, '')}_${shortHash(name)}`;
}
