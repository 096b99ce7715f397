/**
 * The legacy databases as they are after the contract phase of the id conversion, made offline and in the shortest way, for tests of
 * what comes after it: the ids of users are UUIDs everywhere, references to nobody are decided, everything else is as
 * it was. Like the real one it adds columns and drops others, so the order of columns is another one.
 */
import type { Client } from 'pg';
import { legacySchemaOf, type LegacyService } from './legacy-schema';

/** What becomes of references to nobody: none where there is a null or an element less, or a UUID that is nobody's, either. */
export type OfNobody = 'set-null' | 'someone-unknown';

const swap = (table: string, column: string) => [
  `ALTER TABLE "${table}" DROP COLUMN "${column}"`,
  `ALTER TABLE "${table}" RENAME COLUMN "${column}_uuid" TO "${column}"`,
];

/** The UUID of a number, in SQL. */
const uuidOf = (number: string) =>
  `(SELECT m."uuid" FROM "id_conversion"."users_ids" AS m WHERE m."number" = ${number})`;

const reference = (table: string, column: string, notNull: boolean) => [
  `ALTER TABLE "${table}" ADD COLUMN "${column}_uuid" uuid`,
  `UPDATE "${table}" SET "${column}_uuid" = ${uuidOf(`"${column}"`)}`,
  ...swap(table, column),
  ...(notNull ? [`ALTER TABLE "${table}" ALTER COLUMN "${column}" SET NOT NULL`] : []),
];

const MAP = [
  'CREATE SCHEMA "id_conversion"',
  'CREATE TABLE "id_conversion"."users_ids" ("number" bigint PRIMARY KEY, "uuid" uuid NOT NULL UNIQUE)',
  // Of the conversion's state, what is read after it.
  `CREATE TABLE "id_conversion"."dangling" ("id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "table_name" text NOT NULL,
    "column_name" text NOT NULL, "row_key" jsonb NOT NULL, "value" jsonb, "decision" text NOT NULL)`,
];

/** The rules that a dropped column takes with it, from the legacy schema itself: only the type of the columns is another. */
const rulesAgain = (...names: string[]) =>
  legacySchemaOf('user-service').filter((sql) => names.some((name) => sql.includes(name)));

const USER_SERVICE = [
  ...MAP,
  `INSERT INTO "id_conversion"."users_ids" SELECT "id", gen_random_uuid() FROM "users"`,
  'DROP VIEW "active_users"',
  'ALTER TABLE "sessions" DROP CONSTRAINT "FK_57de40bc620f456c7311aa3a1e6"',
  'ALTER TABLE "parent_links" DROP CONSTRAINT "FK_1104ad9d6ea62e14b6c344d5b29", DROP CONSTRAINT "FK_83328c0b60fda1108741759ac5b"',
  'ALTER TABLE "audit_entries" DROP CONSTRAINT "FK_a8456bc89d026672de07047358c"',
  ...reference('users', 'id', true),
  ...reference('sessions', 'userId', true),
  ...reference('parent_links', 'parentId', true),
  ...reference('parent_links', 'childId', true),
  ...reference('audit_entries', 'actorId', false),
  ...rulesAgain('PK_a3ffb1c0c8416b9fc6f907b7433', 'PK_c7199606aa232028fb4ce897879', 'FK_', 'active_users'),
];

const TRAINING_SERVICE: readonly string[] = [
  ...['workout_sessions.createdBy', 'workout_assignments.playerId', 'player_workout_loads.playerId'].flatMap(
    (place) => {
      const [table, column] = place.split('.') as [string, string];
      return reference(table, column, false);
    },
  ),
  'ALTER TABLE "player_workout_loads" ADD CONSTRAINT "UQ_62c2f7a00cb7e1bf009172caf39" UNIQUE ("sessionId", "playerId")',
  `ALTER TABLE "workout_sessions" ADD COLUMN "playerIds_uuid" uuid[] NOT NULL DEFAULT '{}'`,
  `UPDATE "workout_sessions" SET "playerIds_uuid" = ARRAY(
    SELECT m."uuid" FROM unnest("playerIds") WITH ORDINALITY AS p ("number", "place")
    JOIN "id_conversion"."users_ids" AS m ON m."number" = p."number" ORDER BY p."place")`,
  ...swap('workout_sessions', 'playerIds'),
  `UPDATE "workout_sessions" SET "metadata" = jsonb_set("metadata", '{coachIds}', coalesce((
    SELECT jsonb_agg(m."uuid" ORDER BY c."place") FROM jsonb_array_elements("metadata" -> 'coachIds') WITH ORDINALITY AS c ("number", "place")
    JOIN "id_conversion"."users_ids" AS m ON m."number" = c."number"::bigint), '[]')) WHERE "metadata" ? 'coachIds'`,
  // A note has to have a subject: one on nobody keeps the number, as quarantine does.
  `UPDATE "notes" SET "subjectId" = coalesce(${uuidOf('"subjectId"::bigint')}::text, "subjectId") WHERE "subjectType" = 'user'`,
];

/** @param training has no users: their pairs are copied from `user` */
export async function convertByHand(
  user: Client,
  training: Client,
  ofNobody: OfNobody = 'set-null',
): Promise<void> {
  for (const sql of USER_SERVICE) await user.query(sql);
  const { rows } = await user.query<{ number: string; uuid: string }>(
    'SELECT * FROM "id_conversion"."users_ids"',
  );
  for (const sql of MAP) await training.query(sql);
  await training.query(
    'INSERT INTO "id_conversion"."users_ids" SELECT * FROM unnest($1::bigint[], $2::uuid[])',
    [rows.map(({ number }) => number), rows.map(({ uuid }) => uuid)],
  );
  if (ofNobody === 'someone-unknown') {
    await training.query(`
      INSERT INTO "id_conversion"."users_ids" SELECT "number", gen_random_uuid() FROM (
        SELECT "createdBy" FROM "workout_sessions" UNION SELECT unnest("playerIds") FROM "workout_sessions"
        UNION SELECT "playerId" FROM "workout_assignments" UNION SELECT "playerId" FROM "player_workout_loads") AS s ("number")
      ON CONFLICT DO NOTHING`);
  }
  for (const sql of TRAINING_SERVICE) await training.query(sql);
}

/** The schema that `convertByHand` leaves, without rows. */
export const convertedLegacySchema = (service: LegacyService): readonly string[] => [
  ...legacySchemaOf(service),
  ...(service === 'user-service' ? USER_SERVICE : [...MAP, ...TRAINING_SERVICE]),
];
