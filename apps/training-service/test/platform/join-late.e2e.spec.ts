import { eventually } from '@hockey-hub/shared-lib/src/testing';
import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { Rows } from '../database/rows';
import { usePlatform } from './use-platform';

const { client, start } = usePlatform();

/** A club, two teams and a player of the first in the user-service's database, written as before there were events. */
async function clubOfOld(
  database: Client,
): Promise<Record<'club' | 'team' | 'emptyTeam' | 'player', string>> {
  const [club, team, emptyTeam, player] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  await database.query(`INSERT INTO "organizations" ("id", "name", "subdomain") VALUES ($1, 'IFK', $2)`, [
    ...[club, `x-${club}`],
  ]);
  await database.query(
    `INSERT INTO "teams" ("id", "organization_id", "name", "team_type", "season") VALUES ($1, $3, 'U14', 'youth', '2026'), ($2, $3, 'U16', 'youth', '2026')`,
    [team, emptyTeam, club],
  );
  await database.query(
    `INSERT INTO "users" ("id", "email", "password_hash", "first_name", "last_name")
     VALUES ($1, $2, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 'Mia', 'Keller')`,
    [player, `${player}@example.com`],
  );
  await database.query(
    `INSERT INTO "team_memberships" ("team_id", "user_id", "role_id")
     SELECT $1, $2, "id" FROM "roles" WHERE "name" = 'player'`,
    [team, player],
  );
  return { club, team, emptyTeam, player };
}

async function isKnown(table: string, id: string): Promise<boolean> {
  const { rowCount } = await client('training').query(
    `SELECT FROM "${table}" WHERE "id" = $1 AND "deleted_at" IS NULL`,
    [id],
  );
  return rowCount === 1;
}

const send = (method: string, url: string, body?: object): Promise<Response> =>
  fetch(url, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

it('knows what was there before there were events, goes on live, and decides about who is deleted', async () => {
  const { club, team, emptyTeam, player } = await clubOfOld(client('user'));
  const rows = new Rows(client('training'));
  const old = await rows.workoutSession({ team_id: team, created_by: player });
  const ofEmptyTeam = await rows.workoutSession({ team_id: emptyTeam, created_by: player });
  const pending = await rows.workoutAssignment({ workout_session_id: old, player_id: player });
  const [users, training] = await Promise.all([start('user'), start('training')]);

  for (const [table, id] of [
    ...[['known_organizations', club] as const, ['known_teams', team] as const],
    ['known_users', player] as const,
  ]) {
    await eventually(`${table} has ${id}`, () => isKnown(table, id));
  }
  await eventually('the player is in the team, and accepted', async () => {
    const assignment = { workoutSessionId: old, playerId: player };
    return (await send('POST', `${training}/workout-assignments`, assignment)).status === 201;
  });

  // The other direction: the user-service has to know the session before it can refuse this.
  await eventually('the session from before there were events is known', async () => {
    const { rowCount } = await client('user').query('SELECT FROM "known_workout_sessions" WHERE "id" = $1', [
      ofEmptyTeam,
    ]);
    return rowCount === 1;
  });
  const refusal = await send('DELETE', `${users}/teams/${emptyTeam}`);
  expect([refusal.status, await refusal.json()]).toMatchObject([
    ...[409, { code: 'STILL_REFERENCED', workoutSessions: [{ id: ofEmptyTeam, status: 'draft' }] }],
  ]);

  expect((await send('PATCH', `${users}/users/${player}`, { lastName: 'Frey' })).status).toBe(200);
  await eventually('the new name is known', async () => {
    const { rows: known } = await client('training').query<{ last_name: string }>(
      'SELECT "last_name" FROM "known_users" WHERE "id" = $1',
      [player],
    );
    return known[0]?.last_name === 'Frey';
  });

  expect((await send('DELETE', `${users}/users/${player}`)).status).toBe(204);
  await eventually('the assignment is cancelled', async () => {
    const answer = await send('GET', `${training}/workout-assignments/${pending}`);
    return ((await answer.json()) as { status: string }).status === 'cancelled';
  });
  // The end of a membership cancels assignments too, and its event may come before that of the person.
  await eventually('the player is gone', async () => !(await isKnown('known_users', player)));
});
