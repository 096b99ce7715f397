/** Faults of time: transactions that stay open while others commit, as a backfill or a forgotten session would. */
import { systemCodeOf } from '../errors';
import type { Fault } from './fault';

/** It has an id, so nothing that began after it is older than every open transaction. */
export const holdTransaction: Fault = ({ target, withDatabase, last }) =>
  withDatabase(target, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    await last();
    await client.query('COMMIT');
  });

/**
 * Tells of some aggregate's state once more, as its service would, and does not commit for a while: the next event of that
 * aggregate has to wait, those of others must not, and the lower position must not be passed over when it commits.
 */
const TELL_AGAIN = `
  WITH chosen AS (
    SELECT "aggregate", "aggregate_id" FROM "chaos"."written" ORDER BY "number" DESC OFFSET $1 LIMIT 1
  ), counter AS MATERIALIZED (
    UPDATE "outbox_aggregates" AS counter SET "last_sequence" = "last_sequence" + 1 FROM chosen
     WHERE counter."aggregate" = chosen."aggregate" AND counter."aggregate_id" = chosen."aggregate_id"
    RETURNING counter."aggregate", counter."aggregate_id", counter."last_sequence"
  )
  SELECT "aggregate", "aggregate_id" AS "aggregateId", "last_sequence" AS "sequence" FROM counter`;

/** By another statement, whose snapshot has what was committed while the one before waited for the counter's row. */
const INSERT = `
  INSERT INTO "outbox_events" ("aggregate", "aggregate_id", "sequence", "id", "type", "partition", "data", "awaiting")
  SELECT "aggregate", "aggregate_id", $3, gen_random_uuid(), "type", "partition", "data", "awaiting"
    FROM "chaos"."written" WHERE "aggregate" = $1 AND "aggregate_id" = $2 ORDER BY "number" DESC LIMIT 1`;

export const holdEvent: Fault = ({ target, withDatabase, random, last }) =>
  withDatabase(target, async (client) => {
    await client.query('BEGIN');
    const { rows } = await client.query<{ aggregate: string; aggregateId: string; sequence: string }>(
      TELL_AGAIN,
      [random.integer(0, 20)],
    );
    const [told] = rows;
    if (told) await client.query(INSERT, [told.aggregate, told.aggregateId, told.sequence]);
    await last();
    await client.query(random.happens(0.5) ? 'COMMIT' : 'ROLLBACK');
  });

/** What becomes of a session when its server is killed or stopped: another fault came in between, which is no failure. */
export function isServerGone(error: unknown): boolean {
  if (error instanceof TypeError) return false;
  const code = systemCodeOf(error);
  // https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions and operator interventions.
  if (code !== undefined && /^(08|57P)/.test(code)) return true;
  return code === undefined || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code);
}
