/**
 * The room `state` owns what a conversion remembers in each service's database, in the schema `id_conversion`: what was
 * declared, which shape the plain names have, how far each fill is, and what was taken away and must come back. It does not
 * own the id maps (`id-map`), the triggers' tables (`pairing`) or the outbox of pairs (shared lib).
 *
 * Whatever says how far a batch is, is written by that batch's own transaction. Nothing else is kept: not in files, and
 * not in memory longer than a batch.
 *
 * One line per table; the columns explain themselves in the statements.
 *
 *   conversions    one per declaration: its shape, whether it is paused, how hard it may work
 *   tasks          one per fill: the id map of `users`, the twins of `sessions`
 *   ranges         the parts of a task that workers take; their row locks are the only coordination
 *   index_sizes    as they were before the first fill, to see which ones it has made larger
 *   kept           statements that bring back what was dropped, for `down`
 *   dangling       references to nothing, as they were before it was decided about them
 *   lock_attempts  every attempt to take a lock that clients could have waited behind
 */
import type { Query } from '../../pg/query';
import { CONVERSION_SCHEMA } from '../names';

const schema = `"${CONVERSION_SCHEMA}"`;

const STATEMENTS: readonly string[] = [
  `CREATE SCHEMA IF NOT EXISTS ${schema}`,

  `CREATE TABLE IF NOT EXISTS ${schema}."conversions" (
     "name" text PRIMARY KEY,
     "service" text NOT NULL,
     "declaration" jsonb NOT NULL,
     "shape" text NOT NULL DEFAULT 'numeric' CHECK ("shape" IN ('numeric', 'uuid')),
     "is_paused" boolean NOT NULL DEFAULT false,
     "workers" integer NOT NULL DEFAULT 2 CHECK ("workers" BETWEEN 1 AND 32),
     "target_batch_ms" integer NOT NULL DEFAULT 10 CHECK ("target_batch_ms" BETWEEN 1 AND 60000),
     "registered_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
     "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,

  // A table is filled from its numbers on the way, from its UUIDs on the way back, and in parts by different phases:
  // each is a task of its own. The columns are those that it fills, in order.
  `CREATE TABLE IF NOT EXISTS ${schema}."tasks" (
     "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     "conversion" text NOT NULL REFERENCES ${schema}."conversions" ON DELETE CASCADE,
     "kind" text NOT NULL CHECK ("kind" IN ('id-map', 'twins')),
     "table_name" text NOT NULL,
     "columns" text[] NOT NULL,
     "source" text NOT NULL CHECK ("source" IN ('numeric', 'uuid')),
     "estimated_rows" bigint NOT NULL,
     "passes" integer NOT NULL DEFAULT 1 CHECK ("passes" >= 1),
     "throttled" text,
     "started_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
     "ended_at" timestamptz,
     UNIQUE ("conversion", "kind", "table_name", "columns", "source")
   )`,

  // Of an id map: numbers up to "at" are done, those up to "published" are in the outbox, null is none. Of twins: in pass
  // "pass" the blocks from "at" up to, not including, "to_block" are to do. "taken_by" is the session whose turn it is.
  // Each batch rewrites its row, so there is room for the next version on the same page.
  `CREATE TABLE IF NOT EXISTS ${schema}."ranges" (
     "task_id" bigint NOT NULL REFERENCES ${schema}."tasks" ON DELETE CASCADE,
     "position" integer NOT NULL,
     "from_block" bigint,
     "to_block" bigint,
     "pass" integer NOT NULL DEFAULT 0,
     "at" bigint,
     "published" bigint,
     "taken_by" text,
     "done_rows" bigint NOT NULL DEFAULT 0,
     "is_done" boolean NOT NULL DEFAULT false,
     PRIMARY KEY ("task_id", "position")
   ) WITH (fillfactor = 50)`,

  `CREATE TABLE IF NOT EXISTS ${schema}."index_sizes" (
     "conversion" text NOT NULL REFERENCES ${schema}."conversions" ON DELETE CASCADE,
     "index_name" text NOT NULL,
     "bytes" bigint NOT NULL,
     "rows" double precision NOT NULL,
     PRIMARY KEY ("conversion", "index_name")
   )`,

  `CREATE TABLE IF NOT EXISTS ${schema}."kept" (
     "conversion" text NOT NULL,
     "place" text NOT NULL,
     "position" integer NOT NULL,
     "statement" text NOT NULL,
     PRIMARY KEY ("conversion", "place", "position")
   )`,

  `CREATE TABLE IF NOT EXISTS ${schema}."dangling" (
     "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     "conversion" text NOT NULL,
     "table_name" text NOT NULL,
     "column_name" text NOT NULL,
     "reference" jsonb NOT NULL,
     "row_key" jsonb NOT NULL,
     "value" jsonb,
     "decision" text NOT NULL,
     "at" timestamptz NOT NULL DEFAULT clock_timestamp()
   )`,
  // For rows whose key a client changes. A key may be all columns of a row, which is too long for an ordered index. IF NOT EXISTS would
  // wait for clients who are changing keys because of another conversion, also where it is there.
  `DO $$ BEGIN
     IF to_regclass('${schema}."dangling_rows"') IS NULL THEN
       CREATE INDEX "dangling_rows" ON ${schema}."dangling" USING hash ("row_key");
     END IF;
   END $$`,

  `CREATE TABLE IF NOT EXISTS ${schema}."lock_attempts" (
     "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     "conversion" text NOT NULL,
     "at" timestamptz NOT NULL DEFAULT clock_timestamp(),
     "what" text NOT NULL,
     "took_ms" numeric NOT NULL,
     "outcome" text NOT NULL CHECK ("outcome" IN ('done', 'gave-way'))
   )`,
];

/** Taken by whoever makes the tables: IF NOT EXISTS alone fails when two make them at the same moment. */
const MAKER_LOCK = 0x69_64_63_6f;

/**
 * Makes the schema `id_conversion` and its tables where they are missing: all of them or none. Safe to run again, and by
 * several at once; takes no lock on a table of the service. Without parameters, so all of it is one message and, unless the
 * caller has one, one transaction.
 */
export async function ensureState(query: Query): Promise<void> {
  await query([`SELECT pg_advisory_xact_lock(${MAKER_LOCK})`, ...STATEMENTS].join(';\n'));
}
