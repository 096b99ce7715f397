/**
 * Pure: the tables of the legacy clubs that hold ids of users, each as a query for (key, position, reference). The same text reads
 * numbers and UUIDs. Keys are not converted; a row with several references has a line for each, numbered from 0, as in
 * the clients' ledger.
 */
import type { DatabaseName } from '../client-group';

export interface ReferencesOfTable {
  readonly table: string;
  readonly database: DatabaseName;
  readonly query: string;
  /** A query for (key, rest): what of a row is not converted, and no client changes. Left out where there is nothing. */
  readonly rest?: string;
}

export const REFERENCES_OF_TABLES: readonly ReferencesOfTable[] = [
  {
    table: 'users',
    database: 'user',
    query: 'SELECT "email" AS "key", 0 AS "position", "id"::text AS "reference" FROM "public"."users"',
    rest: `SELECT "email" AS "key", jsonb_build_array("password", "firstName", "lastName", "role", "status", "teamCode", "createdAt")::text AS "rest" FROM "public"."users"`,
  },
  {
    table: 'sessions',
    database: 'user',
    query: 'SELECT "token" AS "key", 0 AS "position", "userId"::text AS "reference" FROM "public"."sessions"',
    rest: `SELECT "token" AS "key", jsonb_build_array("id", "expiresAt")::text AS "rest" FROM "public"."sessions"`,
  },
  {
    // Nothing of a link is not converted but the e-mail of the child.
    table: 'parent_links',
    database: 'user',
    query: `
      SELECT "child"."email" AS "key", 0 AS "position", "parentId"::text AS "reference"
        FROM "public"."parent_links" JOIN "public"."users" AS "child" ON "child"."id" = "childId"`,
  },
  {
    table: 'audit_entries',
    database: 'user',
    query:
      'SELECT "id"::text AS "key", 0 AS "position", "actorId"::text AS "reference" FROM "public"."audit_entries"',
    rest: `SELECT "id"::text AS "key", jsonb_build_array("action", "at")::text AS "rest" FROM "public"."audit_entries"`,
  },
  {
    table: 'workout_sessions',
    database: 'training',
    query: `
      SELECT "id"::text AS "key", 0 AS "position", "createdBy"::text AS "reference" FROM "public"."workout_sessions"
      UNION ALL
      SELECT "id"::text, "place", "player"::text
        FROM "public"."workout_sessions", unnest("playerIds") WITH ORDINALITY AS "players" ("player", "place")
      UNION ALL
      SELECT "id"::text, coalesce(cardinality("playerIds"), 0) + "place", "coach"
        FROM "public"."workout_sessions",
             jsonb_array_elements_text("metadata" -> 'coachIds') WITH ORDINALITY AS "coaches" ("coach", "place")`,
    rest: `SELECT "id"::text AS "key", jsonb_build_array("title", "teamCode", "scheduledAt", "metadata" - 'coachIds')::text AS "rest" FROM "public"."workout_sessions"`,
  },
  {
    table: 'workout_assignments',
    database: 'training',
    query:
      'SELECT "id"::text AS "key", 0 AS "position", "playerId"::text AS "reference" FROM "public"."workout_assignments"',
    rest: `SELECT "id"::text AS "key", jsonb_build_array("sessionId")::text AS "rest" FROM "public"."workout_assignments"`,
  },
  {
    table: 'player_workout_loads',
    database: 'training',
    query:
      'SELECT "id"::text AS "key", 0 AS "position", "playerId"::text AS "reference" FROM "public"."player_workout_loads"',
    rest: `SELECT "id"::text AS "key", jsonb_build_array("sessionId", "load")::text AS "rest" FROM "public"."player_workout_loads"`,
  },
  {
    // What is no user's number has to stay as it is: it belongs to the key.
    table: 'notes',
    database: 'training',
    query: `
      SELECT "id"::text AS "key", 0 AS "position", "subjectId" AS "reference" FROM "public"."notes" WHERE "subjectType" = 'user'
      UNION ALL
      SELECT concat_ws(' ', "id", "subjectType", "subjectId"), 0, NULL FROM "public"."notes" WHERE "subjectType" <> 'user'`,
    rest: `SELECT "id"::text AS "key", jsonb_build_array("subjectType", "body")::text AS "rest" FROM "public"."notes"`,
  },
];
