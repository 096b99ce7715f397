/**
 * What was applied to a database: the only reader and writer of its history tables.
 *
 * Authoritative is TypeORM's own table `public.migrations`: a row means applied, so `typeorm migration:show` and we
 * always agree. `migrator.history` stands beside it and only grows: one row for every time a migration was applied
 * or reverted, with what TypeORM does not keep (checksum, duration, who). Both are written by the very
 * transaction that ran the migration, so neither can say what the schema does not.
 *
 * It does not decide anything: what a difference between ledger and folder means is the plan's business.
 */
import type { AppliedMigration, Direction, Ledger } from '../model';
import type { Query } from '../pg/query';

/** One run of one migration, as the history keeps it. */
export interface HistoryEntry {
  readonly name: string;
  readonly timestamp: number;
  readonly direction: Direction;
  readonly checksum: string;
  readonly durationMs: number;
  /** The backup that was taken before it; none where the database held no rows, or nobody wanted one. */
  readonly backupId?: string;
}

interface LedgerState {
  has_ledger: boolean;
  has_history: boolean;
  has_tables: boolean;
}

/**
 * Everything the history says. Reads only; a database without history tables stays without. Other frameworks have a table
 * of this name too: it is a ledger when it has TypeORM's columns.
 */
export async function readLedger(service: string, query: Query): Promise<Ledger> {
  const [state] = await query<LedgerState>(`
    SELECT (SELECT count(*) = 3 FROM pg_attribute WHERE attrelid = to_regclass('public.migrations')
              AND attname IN ('id', 'timestamp', 'name') AND NOT attisdropped) AS has_ledger,
           to_regclass('migrator.history') IS NOT NULL AS has_history,
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'
                     AND n.nspname NOT IN ('information_schema', 'migrator')
                     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                                     AND d.objid = c.oid AND d.deptype = 'e')) AS has_tables`);
  if (!state?.has_ledger) return { service, state: state?.has_tables ? 'foreign' : 'empty', applied: [] };
  return { service, state: 'present', applied: await readApplied(query, state.has_history) };
}

/** A migration whose last entry is a revert was applied again by something else, which left no checksum. */
async function readApplied(query: Query, hasHistory: boolean): Promise<AppliedMigration[]> {
  const checksum = hasHistory
    ? `(SELECT CASE h.direction WHEN 'up' THEN h.checksum END FROM migrator.history h
        WHERE h.name = m.name ORDER BY h.id DESC LIMIT 1)`
    : 'NULL';
  const rows = await query<{ id: number; timestamp: string; name: string; checksum: string | null }>(
    `SELECT m.id, m.timestamp, m.name, ${checksum} AS checksum FROM public.migrations m ORDER BY m.id`,
  );
  return rows.map((row) => ({
    name: row.name,
    timestamp: Number(row.timestamp),
    position: row.id,
    checksum: row.checksum,
  }));
}

/** Makes the history tables where they are missing. Must run under the migrator's lock, inside a transaction. */
export async function ensureLedger(query: Query): Promise<void> {
  const [found] = await query<{ complete: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AND to_regclass('migrator.history_name') IS NOT NULL AS complete`,
  );
  if (found?.complete) return;
  // The statement TypeORM itself would send, so that its commands find the table they expect.
  await query(`
    CREATE TABLE IF NOT EXISTS public.migrations (
      id SERIAL NOT NULL, "timestamp" bigint NOT NULL, name character varying NOT NULL,
      CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id))`);
  await query('CREATE SCHEMA IF NOT EXISTS migrator');
  await query(`
    CREATE TABLE IF NOT EXISTS migrator.history (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL,
      direction text NOT NULL CHECK (direction IN ('up', 'down')),
      checksum text NOT NULL,
      duration_ms integer NOT NULL,
      applied_by text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(),
      backup_id text)`);
  await query('CREATE INDEX IF NOT EXISTS history_name ON migrator.history (name, id)');
}

/** Records one migration. Must run in the transaction that ran it, as its last statement. */
export async function recordStep(query: Query, entry: HistoryEntry, appliedBy: string): Promise<void> {
  const change =
    entry.direction === 'up'
      ? 'INSERT INTO public.migrations ("timestamp", name) VALUES ($1::bigint, $2::text)'
      : 'DELETE FROM public.migrations WHERE "timestamp" = $1::bigint AND name = $2::text';
  await query(
    `WITH change AS (${change})
     INSERT INTO migrator.history (name, direction, checksum, duration_ms, applied_by, backup_id)
     VALUES ($2::text, $3, $4, $5, $6, $7)`,
    [
      entry.timestamp,
      entry.name,
      entry.direction,
      entry.checksum,
      Math.round(entry.durationMs),
      appliedBy,
      entry.backupId ?? null,
    ],
  );
}
