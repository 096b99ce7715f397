import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';

/** The same 64 hexadecimal digits for the same command and request, whatever the order of its properties. */
export function requestHash(name: string, request: object): string {
  return createHash('sha256')
    .update(`${name}\n${stringify(request)}`)
    .digest('hex');
}
