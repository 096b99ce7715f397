/**
 * What a legacy club's rows say, told without ids: every reference is followed to a person's e-mail. The same before a
 * conversion, in the middle of it, after it, and after the way back, whichever ids the plain names hold.
 */
import { withConnection } from '../pg/connect';
import type { FixtureWorkspace } from './fixture-workspace';

/** Rows as text, by what they are about, sorted. A reference to nobody is told as it is. */
export type PeopleOfClub = Readonly<Record<string, readonly string[]>>;

const USER_ROWS = {
  users: `SELECT "email" || ' ' || "role" || ' ' || "status" AS row FROM "users"`,
  sessions: `SELECT u."email" || ' ' || s."token" AS row FROM "sessions" s JOIN "users" u ON u."id" = s."userId"`,
  parents: `SELECT p."email" || ' of ' || c."email" AS row FROM "parent_links" l
              JOIN "users" p ON p."id" = l."parentId" JOIN "users" c ON c."id" = l."childId"`,
  audit: `SELECT coalesce(u."email", 'nobody') || ' ' || a."action" || ' ' || a."at" AS row
            FROM "audit_entries" a LEFT JOIN "users" u ON u."id" = a."actorId"`,
  active: `SELECT "email" || ' ' || (SELECT u."email" FROM "users" u WHERE u."id" = a."id") AS row FROM "active_users" a`,
} as const;

const TRAINING_ROWS = {
  sessions: `SELECT "title", "createdBy"::text AS "by", array_to_json("playerIds")::jsonb AS players, "metadata" -> 'coachIds' AS coaches
               FROM "workout_sessions"`,
  assignments: `SELECT s."title", a."playerId"::text AS "by" FROM "workout_assignments" a JOIN "workout_sessions" s ON s."id" = a."sessionId"`,
  loads: `SELECT s."title" || ' ' || l."load" AS title, l."playerId"::text AS "by"
            FROM "player_workout_loads" l JOIN "workout_sessions" s ON s."id" = l."sessionId"`,
  notes: `SELECT "subjectType" || ' ' || "body" AS title, "subjectId"::text AS "by" FROM "notes"`,
} as const;

interface TrainingRow {
  readonly title: string;
  readonly by: string;
  readonly players?: readonly (string | number)[] | null;
  readonly coaches?: readonly (string | number)[] | null;
}

/** @param path the schemas that a client of one shape names before `public`: `legacy`, `uuid_ids`; none for the plain names */
export async function peopleOfClub(
  workspace: Pick<FixtureWorkspace, 'urlOf'>,
  path?: 'legacy' | 'uuid_ids',
): Promise<PeopleOfClub> {
  const ask = <Row>(service: string, sql: string): Promise<Row[]> =>
    withConnection(workspace.urlOf(service), service, async (client) => {
      if (path !== undefined) await client.query(`SET search_path = "${path}", public`);
      return (await client.query(sql)).rows as Row[];
    });
  const people: Record<string, readonly string[]> = {};
  for (const [what, sql] of Object.entries(USER_ROWS)) {
    people[what] = (await ask<{ row: string }>('user-service', sql)).map(({ row }) => row).sort();
  }
  const users = await ask<{ id: string; email: string }>(
    'user-service',
    `SELECT "id"::text, "email" FROM "users"`,
  );
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  const name = (id: string | number) => emails.get(String(id)) ?? String(id);
  for (const [what, sql] of Object.entries(TRAINING_ROWS)) {
    const rows = await ask<TrainingRow>('training-service', sql);
    people[`training ${what}`] = rows
      .map(({ title, by, players, coaches }) =>
        JSON.stringify([title, name(by), players?.map(name), coaches?.map(name)]),
      )
      .sort();
  }
  return people;
}
