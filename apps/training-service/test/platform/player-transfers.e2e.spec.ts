/** Transfers over HTTP, with both services as processes of their own, killed at any moment. */
import { Club, until } from './club';
import { usePlatform } from './use-platform';

const { client, start, kill } = usePlatform();

interface Scene {
  readonly club: Club;
  readonly playerId: string;
  readonly fromTeamId: string;
  readonly toTeamId: string;
  readonly request: object;
}

/** A player in a team with three assignments; the other team has sessions for two of them. */
async function scene(): Promise<Scene> {
  const [users, training] = await Promise.all([start('user'), start('training')]);
  const club = new Club(users, training);
  const [from, to, player] = [await club.team(), await club.team(), await club.user()];
  await club.join(from.id, player.id);
  for (const days of [1, 2, 3])
    await club.assign((await club.session(from.id, player.id, days)).id, player.id);
  for (const days of [4, 5]) await club.session(to.id, player.id, days);
  const request = { playerId: player.id, fromTeamId: from.id, toTeamId: to.id };
  return { club, ...request, request };
}

/** Everything that a transfer may change, without what every change touches. */
async function facts({ playerId }: Scene): Promise<object> {
  const query = async (service: 'user' | 'training', sql: string) => {
    const { rows } = await client(service).query<Record<string, unknown>>(sql, [playerId]);
    return rows.map(({ updated_at: _at, version: _version, ...row }) => row);
  };
  return {
    memberships: await query('user', `SELECT * FROM "team_memberships" WHERE "user_id" = $1 ORDER BY "id"`),
    assignments: await query(
      'training',
      `SELECT * FROM "workout_assignments" WHERE "player_id" = $1 ORDER BY "id"`,
    ),
  };
}

/** The training-service has heard of all that the user-service changed. */
async function settled({ playerId }: Scene): Promise<void> {
  await until('the read model to follow', async () => {
    const sql = (table: string) =>
      `SELECT "id", "left_at" FROM "${table}" WHERE "user_id" = $1 ORDER BY "id"`;
    const [theirs, ours] = await Promise.all([
      client('user').query(sql('team_memberships'), [playerId]),
      client('training').query(sql('known_team_memberships'), [playerId]),
    ]);
    return JSON.stringify(theirs.rows) === JSON.stringify(ours.rows) || undefined;
  });
}

async function transfer({ club, request }: Scene): Promise<string> {
  const { id } = await club.post(`${club.users}/player-transfers`, request);
  return `${club.users}/player-transfers/${id}`;
}

it('closes the one membership, opens the other, and moves what is still to be done', async () => {
  const here = await scene();
  const { club, playerId, fromTeamId, toTeamId } = here;
  const done = await club.reached(await transfer(here), 'finished');
  expect(done).toMatchObject({
    ...{ playerId, fromTeamId, toTeamId, reason: null, problem: null },
    result: { movedAssignments: 2, cancelledAssignments: 1 },
  });
  const { memberships, assignments } = (await facts(here)) as Record<string, Record<string, unknown>[]>;
  const at = new Date(String(done['at']));
  expect(memberships).toEqual([
    expect.objectContaining({ team_id: fromTeamId, left_at: at, jersey_number: 7 }),
    expect.objectContaining({
      team_id: toTeamId,
      joined_at: at,
      left_at: null,
      jersey_number: null,
      position: 'forward',
    }),
  ]);
  const statuses = assignments!.map(({ status }) => status);
  expect(statuses.sort()).toEqual(['assigned', 'assigned', 'cancelled']);
  await settled(here);

  // The player is not in the first team any more.
  const again = await club.send('POST', `${club.users}/player-transfers`, here.request);
  expect([again.status, await again.json()]).toMatchObject([409, { code: 'NOT_IN_TEAM' }]);
});

it('leaves everything as it was when the new team says no, at the very end', async () => {
  const here = await scene();
  const { club, toTeamId } = here;
  const before = await facts(here);
  const { version } = await club.get(`${club.users}/teams/${toTeamId}`);
  await club.send('PATCH', `${club.users}/teams/${toTeamId}`, { isActive: false, version });
  expect(await club.reached(await transfer(here), 'compensated')).toMatchObject({
    reason: {
      kind: 'refused',
      step: 'open-membership',
      code: 'TEAM_OVER',
      message: `the team ${toTeamId} is over`,
    },
  });
  expect(await facts(here)).toEqual(before);
  await settled(here);
});

it('leaves everything as it was when the player is no player, at the very beginning', async () => {
  const here = await scene();
  const { club, fromTeamId, toTeamId } = here;
  const coach = await club.user();
  await club.join(fromTeamId, coach.id, 'coach');
  const there = { ...here, playerId: coach.id, request: { playerId: coach.id, fromTeamId, toTeamId } };
  const before = await facts(there);
  expect(await club.reached(await transfer(there), 'compensated')).toMatchObject({
    reason: { step: 'close-membership', code: 'NOT_A_PLAYER' },
  });
  expect(await facts(there)).toEqual(before);
});

it('leaves everything as it was when training says no, in the middle', async () => {
  const here = await scene();
  const before = await facts(here);
  // The news that the team is gone, before the user-service has it: nobody could do that by requests alone.
  await client('training').query(`UPDATE "known_teams" SET "deleted_at" = now() WHERE "id" = $1`, [
    here.toTeamId,
  ]);
  expect(await here.club.reached(await transfer(here), 'compensated')).toMatchObject({
    reason: { step: 'move-assignments', code: 'TEAM_DELETED' },
  });
  expect(await facts(here)).toEqual(before);
  await settled(here);
});

it('waits for a service that is away, and can be cancelled until the last step', async () => {
  const here = await scene();
  const { club } = here;
  const before = await facts(here);
  await kill('training');
  const url = await transfer(here);
  const saga = `${club.users}/operations/sagas/${url.split('/').pop()}`;
  await until('the first attempt to fail', async () => (await club.get(saga))['error'] ?? undefined);
  expect((await club.send('POST', `${saga}/cancel`)).status).toBe(202);
  await club.reached(url, 'compensating');
  await start('training');
  expect(await club.reached(url, 'compensated')).toMatchObject({ reason: { kind: 'cancelled' } });
  expect(await facts(here)).toEqual(before);
});

it('is done whole or not at all when both services are killed in the middle, again and again', async () => {
  let here = await scene();
  const url = await transfer(here);
  const [, id] = /player-transfers\/(.+)$/.exec(url)!;
  for (const victim of ['user', 'training', 'user'] as const) {
    await kill(victim);
    const address = await start(victim);
    if (victim === 'user') here = { ...here, club: new Club(address, here.club.training) };
  }
  const { club } = here;
  expect(await club.reached(`${club.users}/player-transfers/${id}`, 'finished')).toMatchObject({
    result: { movedAssignments: 2, cancelledAssignments: 1 },
  });
  const { memberships } = (await facts(here)) as { memberships: object[] };
  expect(memberships).toHaveLength(2);
  await settled(here);
});
