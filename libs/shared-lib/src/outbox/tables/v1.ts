/**
 * The tables of messagingEntities as they first were, for the migrations that create them. Frozen: databases were made by
 * it. What changes later is a v2 beside it, and a migration of each service that calls that.
 */
import type { QueryRunner } from 'typeorm';

const CREATE = [
  `CREATE TABLE "outbox_aggregates" ("aggregate" character varying(100) COLLATE "C" NOT NULL, "aggregate_id" character varying(200) COLLATE "C" NOT NULL, "last_sequence" bigint NOT NULL, CONSTRAINT "pk_outbox_aggregates" PRIMARY KEY ("aggregate", "aggregate_id"))`,
  `CREATE TABLE "outbox_events" ("aggregate" character varying(100) COLLATE "C" NOT NULL, "aggregate_id" character varying(200) COLLATE "C" NOT NULL, "sequence" bigint NOT NULL, "position" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "id" uuid NOT NULL, "type" character varying(300) NOT NULL, "partition" smallint NOT NULL, "data" jsonb NOT NULL, "traceparent" character varying(100), "occurred_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "published_at" TIMESTAMP WITH TIME ZONE, "publishes" integer NOT NULL DEFAULT '0', "awaiting" text array NOT NULL, CONSTRAINT "ck_outbox_events_sequence" CHECK (sequence > 0), CONSTRAINT "pk_outbox_events" PRIMARY KEY ("aggregate", "aggregate_id", "sequence"))`,
  `CREATE INDEX "ix_outbox_events_unconfirmed" ON "outbox_events" ("published_at") WHERE published_at IS NOT NULL`,
  `CREATE INDEX "ix_outbox_events_unpublished" ON "outbox_events" ("partition", "position") WHERE published_at IS NULL`,
  `CREATE TABLE "inbox_aggregates" ("source" character varying(100) COLLATE "C" NOT NULL, "aggregate" character varying(100) COLLATE "C" NOT NULL, "aggregate_id" character varying(200) COLLATE "C" NOT NULL, "last_sequence" bigint NOT NULL DEFAULT '0', CONSTRAINT "pk_inbox_aggregates" PRIMARY KEY ("source", "aggregate", "aggregate_id"))`,
  `CREATE TABLE "inbox_events" ("source" character varying(100) COLLATE "C" NOT NULL, "aggregate" character varying(100) COLLATE "C" NOT NULL, "aggregate_id" character varying(200) COLLATE "C" NOT NULL, "sequence" bigint NOT NULL, "message" bytea NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "attempts" integer NOT NULL DEFAULT '0', "next_attempt_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "error" text, CONSTRAINT "pk_inbox_events" PRIMARY KEY ("source", "aggregate", "aggregate_id", "sequence"))`,
  `CREATE INDEX "ix_inbox_events_failed" ON "inbox_events" ("next_attempt_at") WHERE error IS NOT NULL`,
  `CREATE TABLE "inbox_subscriptions" ("source" character varying(100) COLLATE "C" NOT NULL, "aggregate" character varying(100) COLLATE "C" NOT NULL, "snapshot_cursor" character varying(200), "joined_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "pk_inbox_subscriptions" PRIMARY KEY ("source", "aggregate"))`,
  `CREATE TYPE "dead_letters_state_enum" AS ENUM ('open', 'replayed', 'discarded')`,
  `CREATE TABLE "dead_letters" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "fingerprint" character varying(64) NOT NULL, "subject" character varying(300) NOT NULL, "source" character varying(100), "aggregate" character varying(100), "aggregate_id" character varying(200), "sequence" bigint, "message" bytea NOT NULL, "code" character varying(50) NOT NULL, "error" text NOT NULL, "attempts" integer NOT NULL, "state" "dead_letters_state_enum" NOT NULL DEFAULT 'open', "died_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "settled_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "pk_dead_letters" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "uq_dead_letters_open" ON "dead_letters" ("fingerprint") WHERE state = 'open'`,
  `CREATE TYPE "processed_commands_outcome_enum" AS ENUM ('done', 'refused', 'withdrawn')`,
  `CREATE TABLE "processed_commands" ("key" character varying(200) COLLATE "C" NOT NULL, "name" character varying(100) NOT NULL, "request_hash" character varying(64), "outcome" "processed_commands_outcome_enum" NOT NULL, "reply" jsonb, "processed_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "pk_processed_commands" PRIMARY KEY ("key"))`,
  `CREATE INDEX "ix_processed_commands_processed_at" ON "processed_commands" ("processed_at")`,
];

const DROP = [
  `DROP TABLE "processed_commands"`,
  `DROP TYPE "processed_commands_outcome_enum"`,
  `DROP TABLE "dead_letters"`,
  `DROP TYPE "dead_letters_state_enum"`,
  `DROP TABLE "inbox_subscriptions"`,
  `DROP TABLE "inbox_events"`,
  `DROP TABLE "inbox_aggregates"`,
  `DROP TABLE "outbox_events"`,
  `DROP TABLE "outbox_aggregates"`,
];

/** For `up`. */
export async function createMessagingTablesV1(queryRunner: QueryRunner): Promise<void> {
  for (const statement of CREATE) await queryRunner.query(statement);
}

/** For `down`. What is in the tables is lost: events that nobody has received yet. */
export async function dropMessagingTablesV1(queryRunner: QueryRunner): Promise<void> {
  for (const statement of DROP) await queryRunner.query(statement);
}
