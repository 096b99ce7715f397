/**
 * The two databases that clubs run today, as TypeORM made them years ago: default names, camelCase, integer keys. This is
 * what a club has, written down from real ones; the baseline migrations of the services say what they expect, and specs
 * of theirs compare the two.
 *
 * Tables and rules are two lists, because a seeder wants to insert between them.
 */

export type LegacyService = 'user-service' | 'training-service';

export interface LegacySchema {
  readonly tables: readonly string[];
  /** Keys, foreign keys, indexes and views: the same when they come after the rows, and sooner there. */
  readonly rules: readonly string[];
}

const USER_SERVICE: LegacySchema = {
  tables: [
    `CREATE TABLE "users" (
      "id" serial NOT NULL,
      "email" character varying(255) NOT NULL,
      "password" character varying(255) NOT NULL,
      "firstName" character varying(100),
      "lastName" character varying(100),
      "role" character varying(50) NOT NULL,
      "status" character varying(20) NOT NULL DEFAULT 'active',
      "teamCode" character varying(50),
      "lastLogin" timestamp with time zone,
      "refreshToken" character varying(255),
      "createdAt" timestamp with time zone NOT NULL DEFAULT now(),
      "updatedAt" timestamp with time zone NOT NULL DEFAULT now()
    )`,
    `CREATE TABLE "sessions" (
      "id" serial NOT NULL,
      "userId" integer NOT NULL,
      "token" character varying(255) NOT NULL,
      "expiresAt" timestamp with time zone NOT NULL
    )`,
    `CREATE TABLE "parent_links" ("parentId" integer NOT NULL, "childId" integer NOT NULL)`,
    `CREATE TABLE "audit_entries" (
      "id" bigserial NOT NULL,
      "actorId" integer,
      "action" character varying(100) NOT NULL,
      "at" timestamp with time zone NOT NULL DEFAULT now()
    )`,
  ],
  rules: [
    `ALTER TABLE "users" ADD CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id")`,
    `ALTER TABLE "users" ADD CONSTRAINT "UQ_97672ac88f789774dd47f7c8be3" UNIQUE ("email")`,
    `CREATE INDEX "IDX_users_email_lower" ON "users" (lower("email"))`,
    `ALTER TABLE "sessions" ADD CONSTRAINT "PK_3238ef96f18b355b671619111bc" PRIMARY KEY ("id")`,
    `ALTER TABLE "sessions" ADD CONSTRAINT "FK_57de40bc620f456c7311aa3a1e6" FOREIGN KEY ("userId") REFERENCES "users" ("id") ON DELETE CASCADE`,
    `ALTER TABLE "parent_links" ADD CONSTRAINT "PK_c7199606aa232028fb4ce897879" PRIMARY KEY ("parentId", "childId")`,
    `ALTER TABLE "parent_links" ADD CONSTRAINT "FK_1104ad9d6ea62e14b6c344d5b29" FOREIGN KEY ("parentId") REFERENCES "users" ("id")`,
    `ALTER TABLE "parent_links" ADD CONSTRAINT "FK_83328c0b60fda1108741759ac5b" FOREIGN KEY ("childId") REFERENCES "users" ("id")`,
    `ALTER TABLE "audit_entries" ADD CONSTRAINT "PK_6b1623bcad4d04530b76548d619" PRIMARY KEY ("id")`,
    `ALTER TABLE "audit_entries" ADD CONSTRAINT "FK_a8456bc89d026672de07047358c" FOREIGN KEY ("actorId") REFERENCES "users" ("id") ON DELETE SET NULL`,
    `CREATE VIEW "active_users" AS
      SELECT "id", "email", "firstName", "lastName", "role", "teamCode" FROM "users" WHERE "status" = 'active'`,
  ],
};

/** Its numbers of users have no foreign key: the users are in the other database. */
const TRAINING_SERVICE: LegacySchema = {
  tables: [
    `CREATE TABLE "workout_sessions" (
      "id" uuid NOT NULL DEFAULT gen_random_uuid(),
      "title" character varying(255) NOT NULL,
      "createdBy" integer NOT NULL,
      "teamCode" character varying(50),
      "playerIds" integer[] NOT NULL DEFAULT '{}',
      "scheduledAt" timestamp with time zone,
      "metadata" jsonb
    )`,
    `CREATE TABLE "workout_assignments" (
      "id" uuid NOT NULL DEFAULT gen_random_uuid(),
      "sessionId" uuid NOT NULL,
      "playerId" integer NOT NULL
    )`,
    `CREATE TABLE "player_workout_loads" (
      "id" uuid NOT NULL DEFAULT gen_random_uuid(),
      "sessionId" uuid NOT NULL,
      "playerId" integer NOT NULL,
      "load" numeric NOT NULL
    )`,
    `CREATE TABLE "notes" (
      "id" uuid NOT NULL DEFAULT gen_random_uuid(),
      "subjectType" character varying(20) NOT NULL,
      "subjectId" character varying(64) NOT NULL,
      "body" text NOT NULL
    )`,
  ],
  rules: [
    `ALTER TABLE "workout_sessions" ADD CONSTRAINT "PK_eea00e05dc78d40b55a588c9f57" PRIMARY KEY ("id")`,
    `ALTER TABLE "workout_assignments" ADD CONSTRAINT "PK_a34d177b6b4e1b278a40ae00d9d" PRIMARY KEY ("id")`,
    `ALTER TABLE "workout_assignments" ADD CONSTRAINT "FK_916e33478d4f87e0607a09a3517" FOREIGN KEY ("sessionId") REFERENCES "workout_sessions" ("id")`,
    `ALTER TABLE "player_workout_loads" ADD CONSTRAINT "PK_9e0d10c22171b9a1e9b181e6665" PRIMARY KEY ("id")`,
    `ALTER TABLE "player_workout_loads" ADD CONSTRAINT "UQ_62c2f7a00cb7e1bf009172caf39" UNIQUE ("sessionId", "playerId")`,
    `ALTER TABLE "player_workout_loads" ADD CONSTRAINT "FK_024276a7e421531b8cd651c9095" FOREIGN KEY ("sessionId") REFERENCES "workout_sessions" ("id")`,
    `ALTER TABLE "notes" ADD CONSTRAINT "PK_af6206538ea96c4e77e9f400c3d" PRIMARY KEY ("id")`,
  ],
};

const SCHEMAS: Readonly<Record<LegacyService, LegacySchema>> = {
  'user-service': USER_SERVICE,
  'training-service': TRAINING_SERVICE,
};

export const legacyTablesAndRulesOf = (service: LegacyService): LegacySchema => SCHEMAS[service];

/** The whole schema, in an order in which its statements can be run. */
export function legacySchemaOf(service: LegacyService): readonly string[] {
  const { tables, rules } = SCHEMAS[service];
  return [...tables, ...rules];
}
