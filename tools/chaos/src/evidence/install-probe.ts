/**
 * The test's own witnesses inside the databases: triggers that write down what the services do to their messaging tables
 * and read models, by the very transaction that does it, so that they know neither more nor less than was committed.
 *
 *     chaos.written     a row of outbox_events was inserted       chaos.processed  inbox_aggregates went on
 *     chaos.confirmed   a row of outbox_events was deleted        chaos.stored     a read model's row was written
 *
 * The rows of one aggregate id are written under its row's lock, so their numbers are in the order of the commits.
 */
import { escapeIdentifier, type Client } from 'pg';

const TABLES = `
  CREATE SCHEMA "chaos";
  CREATE TABLE "chaos"."written" (
    "number" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "aggregate" text NOT NULL, "aggregate_id" text NOT NULL,
    "sequence" bigint NOT NULL, "position" bigint NOT NULL, "type" text NOT NULL, "partition" smallint NOT NULL, "data" jsonb NOT NULL,
    "awaiting" text[] NOT NULL, "at" timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE "chaos"."confirmed" (
    "number" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "aggregate" text NOT NULL, "aggregate_id" text NOT NULL,
    "sequence" bigint NOT NULL, "at" timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE "chaos"."processed" (
    "number" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "source" text NOT NULL, "aggregate" text NOT NULL,
    "aggregate_id" text NOT NULL, "before" bigint NOT NULL, "after" bigint NOT NULL,
    "transaction_id" text NOT NULL DEFAULT pg_current_xact_id()::text, "at" timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE "chaos"."stored" (
    "number" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "table" text NOT NULL, "id" text NOT NULL, "before" bigint,
    "after" bigint NOT NULL, "transaction_id" text NOT NULL DEFAULT pg_current_xact_id()::text,
    "at" timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE INDEX ON "chaos"."written" ("aggregate", "aggregate_id", "number");
  CREATE INDEX ON "chaos"."written" ("position");
`;

const FUNCTIONS = `
  CREATE FUNCTION "chaos"."note_written"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO "chaos"."written" ("aggregate", "aggregate_id", "sequence", "position", "type", "partition", "data", "awaiting")
    VALUES (NEW."aggregate", NEW."aggregate_id", NEW."sequence", NEW."position", NEW."type", NEW."partition", NEW."data",
            NEW."awaiting");
    RETURN NULL;
  END $$;
  CREATE FUNCTION "chaos"."note_confirmed"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO "chaos"."confirmed" ("aggregate", "aggregate_id", "sequence")
    VALUES (OLD."aggregate", OLD."aggregate_id", OLD."sequence");
    RETURN NULL;
  END $$;
  CREATE FUNCTION "chaos"."note_processed"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' AND NEW."last_sequence" = 0 THEN RETURN NULL; END IF;
    INSERT INTO "chaos"."processed" ("source", "aggregate", "aggregate_id", "before", "after")
    VALUES (NEW."source", NEW."aggregate", NEW."aggregate_id",
            CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD."last_sequence" END, NEW."last_sequence");
    RETURN NULL;
  END $$;
  CREATE FUNCTION "chaos"."note_stored"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO "chaos"."stored" ("table", "id", "before", "after")
    VALUES (TG_TABLE_NAME, NEW."id", CASE TG_OP WHEN 'INSERT' THEN NULL ELSE OLD."sequence" END, NEW."sequence");
    RETURN NULL;
  END $$;
`;

const TRIGGERS = `
  CREATE TRIGGER "chaos_written" AFTER INSERT ON "outbox_events"
    FOR EACH ROW EXECUTE FUNCTION "chaos"."note_written"();
  CREATE TRIGGER "chaos_confirmed" AFTER DELETE ON "outbox_events"
    FOR EACH ROW EXECUTE FUNCTION "chaos"."note_confirmed"();
  CREATE TRIGGER "chaos_processed" AFTER INSERT OR UPDATE OF "last_sequence" ON "inbox_aggregates"
    FOR EACH ROW EXECUTE FUNCTION "chaos"."note_processed"();
`;

/** @param readModels the tables that hold what is known of other services' rows */
export async function installProbe(client: Client, readModels: readonly string[]): Promise<void> {
  const onReadModels = readModels.map(
    (table) => `CREATE TRIGGER "chaos_stored" AFTER INSERT OR UPDATE ON ${escapeIdentifier(table)}
      FOR EACH ROW EXECUTE FUNCTION "chaos"."note_stored"();`,
  );
  await client.query([TABLES, FUNCTIONS, TRIGGERS, ...onReadModels].join('\n'));
}
