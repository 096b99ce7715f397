/** What the databases say in the end: the test's own record and the services' tables, for the checks. Sequences fit a float8. */
import type { Client } from 'pg';
import type { ServiceEvidence } from '../checks/evidence';

const WRITTEN = `
  SELECT "aggregate", "aggregate_id" AS "aggregateId", "sequence"::float8, "awaiting" FROM "chaos"."written" ORDER BY "number"`;
const PROCESSED = `
  SELECT "source", "aggregate", "aggregate_id" AS "aggregateId", "before"::float8, "after"::float8, "transaction_id" AS "transactionId"
    FROM "chaos"."processed" ORDER BY "number"`;
const STORED = `
  SELECT "table", "id", "before"::float8, "after"::float8, "transaction_id" AS "transactionId" FROM "chaos"."stored" ORDER BY "number"`;
const COUNTERS = `
  SELECT "aggregate", "aggregate_id" AS "aggregateId", "last_sequence"::float8 AS "lastSequence" FROM "outbox_aggregates"`;
const INBOX_COUNTERS = `
  SELECT "source", "aggregate", "aggregate_id" AS "aggregateId", "last_sequence"::float8 AS "lastSequence" FROM "inbox_aggregates"
   WHERE "last_sequence" > 0`;
const DEAD_LETTERS = `
  SELECT "id", "subject", "code", "error", encode("message", 'hex') AS "message" FROM "dead_letters" ORDER BY "died_at"`;

export async function readEvidence(service: string, client: Client): Promise<ServiceEvidence> {
  const rowsOf = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql)).rows as Row[];
  const countOf = async (table: string): Promise<number> => {
    const [row] = await rowsOf<{ count: number }>(`SELECT count(*)::int AS "count" FROM "${table}"`);
    return row!.count;
  };
  const stored = await rowsOf<ServiceEvidence['stored'][number] & { before: number | null }>(STORED);
  return {
    service,
    written: await rowsOf(WRITTEN),
    processed: await rowsOf(PROCESSED),
    stored: stored.map((step) => ({ ...step, before: step.before ?? undefined })),
    counters: await rowsOf(COUNTERS),
    inboxCounters: await rowsOf(INBOX_COUNTERS),
    outboxRows: await countOf('outbox_events'),
    inboxRows: await countOf('inbox_events'),
    deadLetters: await rowsOf(DEAD_LETTERS),
  };
}
