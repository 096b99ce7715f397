import { escapeIdentifier } from 'pg';
import type { ObjectName } from './catalog';

/** `"public"."users"`, for a statement. */
export function quotedName({ schema, name }: ObjectName): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}
