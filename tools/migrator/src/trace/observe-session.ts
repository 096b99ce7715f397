/**
 * What Postgres tells of a session while its transaction is open: the locks it holds, and how often it read each table
 * from beginning to end. Asked by the session itself these are exact; nothing is sampled.
 *
 * Only tables and views that existed before are looked at: nobody else can wait for a table that nobody else sees.
 */
import { qualifiedName } from '../catalog/catalog';
import type { Query } from '../pg/query';

/** A table, or a view, as it was before. */
export interface KnownTable {
  readonly oid: number;
  readonly name: string;
}

export interface ObservedLock {
  readonly oid: number;
  readonly mode: string;
}

/** Counters grow while a transaction is open; whoever wants to know what a statement did takes the difference. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly tables: readonly ObservedTable[];
}

export interface ObservedTable {
  readonly oid: number;
  /** Number of its file; null for what has none: views and partitioned tables. */
  readonly file: number | null;
  readonly scans: number;
  /** Rows changed or deleted. */
  readonly changes: number;
  /** Ids of its foreign keys that are known to hold. */
  readonly validForeignKeys: readonly number[];
}

const TABLES = `
  SELECT c.oid::int8::text AS oid, n.nspname AS schema, c.relname AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'migrator')
    AND NOT (n.nspname = 'public' AND c.relname IN ('migrations', 'typeorm_metadata'))`;

// A condition on the process id alone reads the locks of every session, but Postgres has no cheaper way.
const LOCKS = `
  SELECT coalesce(json_agg(json_build_object('oid', l.relation::int8, 'mode', l.mode)), '[]')
  FROM pg_locks l
  WHERE l.pid = $2 AND l.granted AND l.locktype = 'relation' AND l.relation = ANY ($1::oid[])
    AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())`;

const COUNTERS = `
  SELECT coalesce(json_agg(json_build_object(
    'oid', c.oid::int8, 'file', pg_relation_filenode(c.oid)::int8, 'scans', pg_stat_get_xact_numscans(c.oid),
    'changes', pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid),
    'validForeignKeys', (SELECT coalesce(json_agg(k.oid::int8), '[]') FROM pg_constraint k
                         WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.convalidated))), '[]')
  FROM pg_class c WHERE c.oid = ANY ($1::oid[])`;

const OBSERVATION = `SELECT (${LOCKS}) AS locks, (${COUNTERS}) AS tables`;

export async function readKnownTables(query: Query): Promise<KnownTable[]> {
  const rows = await query<{ oid: string; schema: string; name: string }>(TABLES);
  return rows.map(({ oid, ...name }) => ({ oid: Number(oid), name: qualifiedName(name) }));
}

/** @param query of the very session whose process id is `pid` */
export async function observe(
  query: Query,
  pid: number,
  tables: readonly KnownTable[],
): Promise<Observation> {
  if (tables.length === 0) return { locks: [], tables: [] };
  const [observation] = await query<Observation>(OBSERVATION, [tables.map(({ oid }) => oid), pid]);
  return observation!;
}

/** From any session of the database. */
export async function observeLocks(
  query: Query,
  pid: number,
  tables: readonly KnownTable[],
): Promise<readonly ObservedLock[]> {
  const [row] = await query<{ locks: ObservedLock[] }>(`SELECT (${LOCKS}) AS locks`, [
    tables.map(({ oid }) => oid),
    pid,
  ]);
  return row!.locks;
}

export async function readProcessId(query: Query): Promise<number> {
  const [row] = await query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return row!.pid;
}

/** Positions to take differences of. Growth of the database is in whole files, so a few rows may show as nothing. */
export async function readSizes(query: Query): Promise<{ walBytes: number; diskBytes: number }> {
  const [row] = await query<{ wal: string; disk: string }>(
    `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::text AS wal, pg_database_size(current_database())::text AS disk`,
  );
  return { walBytes: Number(row!.wal), diskBytes: Number(row!.disk) };
}
