/** Pure: what the conversion calls what it makes. Postgres cuts longer names off, which would make two of them one. */
import { createHash } from 'node:crypto';
import { escapeIdentifier } from 'pg';

/** Everything of the conversion that is no column, index or trigger of the service's own tables. */
export const CONVERSION_SCHEMA = 'id_conversion';
/** The old shape of the tables, for clients that know numbers alone. */
export const NUMERIC_VIEWS = 'legacy';
/** The new shape of the tables, for clients that know UUIDs alone: the same to them before the switch and after it. */
export const UUID_VIEWS = 'uuid_ids';

const LONGEST_NAME_BYTES = 63;

/** `name` and `suffix`; where that is too long, the name is cut and its hash tells it from others that begin alike. */
export function nameWithSuffix(name: string, suffix: string): string {
  const whole = name + suffix;
  if (Buffer.byteLength(whole) <= LONGEST_NAME_BYTES) return whole;
  const hash = `_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  let kept = name;
  while (Buffer.byteLength(kept + hash + suffix) > LONGEST_NAME_BYTES) kept = [...kept].slice(0, -1).join('');
  return kept + hash + suffix;
}

/** `users` -> `"public"."users"`; `club.users` -> `"club"."users"`. A name with a dot of its own is refused by the inspection. */
export function quotedTable(table: string): string {
  const [schema, name] = schemaAndName(table);
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

export function schemaAndName(table: string): readonly [schema: string, name: string] {
  const dot = table.indexOf('.');
  return dot < 0 ? ['public', table] : [table.slice(0, dot), table.slice(dot + 1)];
}

/**
 * The id map of a converted table: `"id_conversion"."users_ids"` with `number bigint primary key, uuid uuid not null unique`.
 * The owner's says which UUID each number has, for rows that are deleted too; a copy of it is in every service that refers.
 */
export function idMapOf(table: string): string {
  return `${escapeIdentifier(CONVERSION_SCHEMA)}.${escapeIdentifier(nameWithSuffix(table, '_ids'))}`;
}
