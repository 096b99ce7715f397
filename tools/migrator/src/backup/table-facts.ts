/**
 * How many rows each table holds, and a checksum of them: the proof that a backup is whole.
 *
 * A checksum is the sum of the hashes of the rows' text, so the order of the rows plays no part, and a table is read once.
 * Views, foreign tables and what extensions own are left out: they are not the service's rows.
 */
import { qualifiedName } from '../catalog/catalog';
import { quotedName } from '../catalog/quoted-name';
import type { Query } from '../pg/query';
import type { TablesFacts } from './manifest';

interface StoredTable {
  readonly schema: string;
  readonly name: string;
}

/** Ordinary tables: the rows of a partitioned one are in its partitions. */
const STORED_TABLES = `
  SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`;

/** Whatever changes how a value is written, and whatever could end a long transaction or hide rows from it. */
const SETTINGS: Readonly<Record<string, string>> = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  extra_float_digits: '3',
  bytea_output: 'hex',
  lc_monetary: 'C',
  search_path: '',
  statement_timeout: '0',
  // Long enough for a change of somebody else's that is just being made.
  lock_timeout: '60s',
  idle_in_transaction_session_timeout: '0',
  // A policy that would hide rows is an error instead, as in pg_dump.
  row_security: 'off',
};

/** Begins the one snapshot that everything about a backup is read in; ended with the session. */
export async function beginSnapshot(query: Query): Promise<void> {
  await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const settings = Object.keys(SETTINGS).map(
    (_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`,
  );
  await query(`SELECT ${settings.join(', ')}`, Object.entries(SETTINGS).flat());
}

/** Counts and checksums of every table, the history of migrations among them. Run it after `beginSnapshot`. */
export async function readTableFacts(query: Query): Promise<TablesFacts> {
  return readEach(query, `coalesce(sum(hashtextextended(ROW(t.*)::text, 0)::numeric), 0)`);
}

/** Counts alone. */
export async function countRows(query: Query): Promise<TablesFacts> {
  return readEach(query, `''`);
}

async function readEach(query: Query, checksum: string): Promise<TablesFacts> {
  const facts: Record<string, { rows: number; checksum: string }> = {};
  for (const stored of await query<StoredTable>(STORED_TABLES)) {
    const [row] = await query<{ rows: string; checksum: string }>(
      `SELECT count(*) AS rows, ${checksum} AS checksum FROM ONLY ${quotedName(stored)} AS t`,
    );
    facts[qualifiedName(stored)] = { rows: Number(row!.rows), checksum: row!.checksum };
  }
  return facts;
}

/** Whether any table but the history of migrations has a row. */
export async function holdsRows(query: Query): Promise<boolean> {
  const tables = (await query<StoredTable>(STORED_TABLES)).filter((stored) => !isHistory(stored));
  if (tables.length === 0) return false;
  const [row] = await query<{ any: boolean }>(
    `SELECT ${tables.map((stored) => `EXISTS (SELECT FROM ONLY ${quotedName(stored)})`).join(' OR ')} AS any`,
  );
  return row!.any;
}

function isHistory({ schema, name }: StoredTable): boolean {
  return schema === 'migrator' || (schema === 'public' && ['migrations', 'typeorm_metadata'].includes(name));
}

/** What is not the same, one line a table; empty when all is. Checksums count only where both sides have them. */
export function tableDifferences(expected: TablesFacts, found: TablesFacts): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    const [before, after] = [expected[name], found[name]];
    if (!before) return [`${name}: is there, and is not in the backup`];
    if (!after) return [`${name}: is missing; the backup has ${before.rows} row(s) of it`];
    if (before.rows !== after.rows) return [`${name}: ${after.rows} row(s), the backup says ${before.rows}`];
    const compared = before.checksum !== '' && after.checksum !== '';
    return compared && before.checksum !== after.checksum ? [`${name}: rows differ from the backup's`] : [];
  });
}
