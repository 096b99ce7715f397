/** CREATE DATABASE for backups: an empty one like the original, or a clone of one. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Query } from '../pg/query';
import type { DatabaseLocale } from './manifest';

/** From here on copying files costs less than writing every page to the WAL, in spite of the checkpoints it needs. */
const LARGE_BYTES = 512 * 1024 * 1024;

/** An empty database that sorts and compares as the original does. */
export async function createEmpty(query: Query, name: string, locale: DatabaseLocale): Promise<void> {
  await query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 ${localeOptions(locale)}`);
}

/**
 * Postgres allows it only while nobody is connected to the original (55006).
 * https://www.postgresql.org/docs/current/sql-createdatabase.html#SQL-CREATEDATABASE-NOTES
 */
export async function createClone(query: Query, name: string, original: string): Promise<void> {
  const strategy = (await databaseBytes(query, original)) > LARGE_BYTES ? 'file_copy' : 'wal_log';
  await query(
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(original)} STRATEGY ${strategy}`,
  );
}

/** Bytes on the server's disk. */
export async function databaseBytes(query: Query, name: string): Promise<number> {
  const [row] = await query<{ bytes: string }>('SELECT pg_database_size($1::name) AS bytes', [name]);
  return Number(row!.bytes);
}

export async function readLocale(query: Query, name: string): Promise<DatabaseLocale> {
  // The column with an ICU locale was renamed in Postgres 17.
  const [row] = await query<DatabaseLocale>(
    `SELECT pg_encoding_to_char(d.encoding) AS encoding, d.datcollate AS collate, d.datctype AS ctype,
            d.datlocprovider AS provider, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale
     FROM pg_database d WHERE d.datname = $1`,
    [name],
  );
  return row!;
}

function localeOptions({ encoding, collate, ctype, provider, locale }: DatabaseLocale): string {
  const options = [
    ['ENCODING', encoding],
    ['LC_COLLATE', collate],
    ['LC_CTYPE', ctype],
  ];
  // Said in every case: the server's own default may be another one.
  if (provider === 'c') options.push(['LOCALE_PROVIDER', 'libc']);
  if (provider === 'i') options.push(['LOCALE_PROVIDER', 'icu'], ['ICU_LOCALE', locale ?? 'und']);
  if (provider === 'b') options.push(['LOCALE_PROVIDER', 'builtin'], ['BUILTIN_LOCALE', locale ?? 'C']);
  return options.map(([option, value]) => `${option} ${escapeLiteral(value!)}`).join(' ');
}
