/**
 * Somebody's old snapshot keeps dead versions from being cleared away, and then no pass finds room on the pages: the walk is half as
 * fast and the table doubles. So before each pass it is looked at whether what the pass before left is dead for everybody.
 */
import type { Query } from '../../pg/query';

/** A transaction id, at most 2^31 older than now. */
export async function newestTransaction(query: Query): Promise<string> {
  const [row] = await query<{ xid: string }>(
    `SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text AS "xid"`,
  );
  return row!.xid;
}

/**
 * Vacuum's snapshots don't count. Of other roles' sessions the snapshot is visible to pg_read_all_stats (pg_monitor) only; who
 * has written something is visible to everybody.
 * https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
 */
const HOLDER = `
  WITH "holders" AS (
    SELECT format('process %s (%s, %s)', a.pid, coalesce(a.usename, a.backend_type), coalesce(nullif(a.application_name, ''), 'no name')) AS "who",
           a.xact_start AS "since", x."xmin"
      FROM pg_stat_activity AS a, LATERAL (VALUES (a.backend_xmin), (a.backend_xid)) AS x ("xmin")
     WHERE (a.datname = current_database() OR a.backend_type = 'walsender') AND a.pid <> pg_backend_pid() AND x."xmin" IS NOT NULL
       AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum AS v WHERE v.pid = a.pid)
    UNION ALL
    SELECT format('the prepared transaction %s', p.gid), p.prepared, p.transaction FROM pg_prepared_xacts AS p WHERE p.database = current_database()
    UNION ALL
    SELECT format('the replication slot %s', s.slot_name), NULL, s.xmin FROM pg_replication_slots AS s WHERE s.xmin IS NOT NULL
    UNION ALL
    SELECT 'a transaction that has written', NULL, pg_snapshot_xmin(pg_current_snapshot())::xid
  )
  SELECT "who" || coalesce(to_char("since", '", in its transaction since "HH24:MI:SS'), '') AS "holder"
    FROM "holders" WHERE age("xmin") > age($1::xid) ORDER BY age("xmin") DESC, "since" NULLS LAST LIMIT 1`;

/** Who still sees what was there when `xid` was the newest transaction, in words; undefined when nobody does. */
export async function holderOfSnapshot(query: Query, xid: string): Promise<string | undefined> {
  const [row] = await query<{ holder: string }>(HOLDER, [xid]);
  return row?.holder;
}
