/** Reads, in one statement, what could speak against going on: of the conversion's settings, the server and the table. */
import type { Query } from '../../pg/query';

export interface Signs {
  readonly isPaused: boolean;
  readonly targetBatchMs: number;
  /** Of the standby that is furthest behind; 0 without one, or where the role may not see it. */
  readonly replicationLagBytes: number;
  /** Where the WAL ends; only differences mean something. */
  readonly walBytes: number;
  /** After so much WAL at the latest a checkpoint begins. */
  readonly checkpointBytes: number;
  /** The process that vacuums the table. */
  readonly vacuum: number | null;
  /** How long the client that waits longest for a lock of the workers has waited. */
  readonly longestWaitMs: number;
}

/**
 * A checkpoint begins after max_wal_size / (1 + checkpoint_completion_target).
 * https://www.postgresql.org/docs/current/wal-configuration.html
 */
const READ = `
  SELECT c."is_paused" AS "isPaused", c."target_batch_ms" AS "targetBatchMs",
         coalesce((SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) FROM pg_stat_replication), 0)::float8 AS "replicationLagBytes",
         pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS "walBytes",
         pg_size_bytes(current_setting('max_wal_size')) / (1 + current_setting('checkpoint_completion_target')::float8) AS "checkpointBytes",
         (SELECT min(v.pid) FROM pg_stat_progress_vacuum AS v WHERE v.datname = current_database() AND v.relid = ANY ($2::oid[])) AS "vacuum",
         coalesce((SELECT max(extract(epoch FROM clock_timestamp() - l.waitstart) * 1000) FROM pg_locks AS l
                    WHERE NOT l.granted AND NOT l.pid = ANY ($3::integer[])
                      AND pg_blocking_pids(l.pid) && $3::integer[]), 0)::float8 AS "longestWaitMs"
    FROM "id_conversion"."conversions" AS c WHERE c."name" = $1`;

export interface SignsOf {
  readonly conversion: string;
  /** The table that is filled, or its partitions. */
  readonly tableOids: readonly number[];
  /** The workers' server processes. */
  readonly workers: readonly number[];
}

/** Undefined when the conversion is not known any more. */
export async function readSigns(
  query: Query,
  { conversion, tableOids, workers }: SignsOf,
): Promise<Signs | undefined> {
  const [signs] = await query<Signs>(READ, [conversion, tableOids, workers]);
  return signs;
}
