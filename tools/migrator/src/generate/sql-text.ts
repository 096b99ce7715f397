/** Pure: the words that every generated statement is made of. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Column, ObjectName, Table } from '../catalog/catalog';
import { quotedName } from '../catalog/quoted-name';

/** `"users"`. */
export const quote = escapeIdentifier;

/** `'it''s'`. Before `E'...'` pg puts a space, for whoever would write it right after a word. */
export function quotedText(text: string): string {
  return escapeLiteral(text).trim();
}

/** A thing of the same schema under another name. */
export function renamed<Thing extends ObjectName>({ schema }: Thing, name: string): ObjectName {
  return { schema, name };
}

export function alterTable(table: ObjectName, change: string): string {
  return `alter table ${quotedName(table)} ${change}`;
}

export function alterColumn(table: ObjectName, column: string, change: string): string {
  return alterTable(table, `alter column ${quote(column)} ${change}`);
}

/** As in CREATE TABLE and ADD COLUMN: `"seats" integer not null default 25`. */
export function columnDefinition(column: Column): string {
  return [
    quote(column.name),
    column.type,
    column.collation === null ? '' : `collate ${column.collation}`,
    column.generated === null ? '' : `generated always as (${column.generated}) stored`,
    column.identity === null ? '' : `generated ${column.identity} as identity`,
    column.notNull ? 'not null' : '',
    column.default === null ? '' : `default ${column.default}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** At most the 63 bytes that Postgres keeps of a name; a longer one would be cut off silently, and might meet another. */
export function nameWithSuffix(name: string, suffix: string): string {
  const room = 63 - Buffer.byteLength(suffix);
  let kept = name;
  while (Buffer.byteLength(kept) > room) kept = [...kept].slice(0, -1).join('');
  return kept + suffix;
}

export function columnOf(table: Table | undefined, name: string): Column | undefined {
  return table?.columns.find((column) => column.name === name);
}
