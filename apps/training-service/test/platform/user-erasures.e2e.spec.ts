/** Erasures over HTTP, with both services as processes of their own. */
import { Club, until } from './club';
import { usePlatform } from './use-platform';

const { client, start, kill } = usePlatform();

async function scene(): Promise<{ club: Club; userId: string; sessionId: string }> {
  const [users, training] = await Promise.all([start('user'), start('training')]);
  const club = new Club(users, training);
  const [team, user, coach] = [await club.team(), await club.user(), await club.user()];
  await club.join(team.id, user.id);
  const { id: sessionId } = await club.session(team.id, coach.id, 1);
  await club.assign(sessionId, user.id);
  const execution = await club.postWhenKnown(`${training}/workout-executions`, {
    ...{ workoutSessionId: sessionId, playerId: user.id },
  });
  expect(execution['playerId']).toBe(user.id);
  return { club, userId: user.id, sessionId };
}

async function erase({ club, userId }: { club: Club; userId: string }): Promise<string> {
  const { id } = await club.post(`${club.users}/user-erasures`, { userId });
  return `${club.users}/user-erasures/${id}`;
}

/** Tables in which something stands, as text; what a tool keeps for itself is looked at by the caller. */
async function traces(service: 'user' | 'training', text: string): Promise<string[]> {
  const { rows } = await client(service).query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await client(service).query(
      `SELECT FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`,
      [text],
    );
    if (hits.rowCount) found.push(name);
  }
  return found.sort();
}

it('erases a person in both services, and gives a receipt that does not say whose it is', async () => {
  const here = await scene();
  const { club, userId, sessionId } = here;
  const url = await erase(here);
  const receipt = await club.reached(url, 'completed');
  expect(receipt).toMatchObject({ reason: null, problem: null, completedAt: expect.any(String) });
  expect(JSON.stringify(receipt)).not.toContain(userId);
  const services = receipt['services'] as {
    service: string;
    rows: { what: string; action: string; rows: number }[];
  }[];
  expect(services.map(({ service }) => service)).toEqual(['training-service', 'user-service']);
  const [training, users] = services.map(({ rows }) =>
    rows.map(({ what, action, rows: n }) => `${what} ${action} ${n}`),
  );
  expect(training).toEqual(
    expect.arrayContaining([
      'known_users emptied 1',
      'workout_assignments cancelled 1',
      'workout_assignments.player_id pseudonymised 1',
      'workout_executions.player_id pseudonymised 1',
    ]),
  );
  expect(users).toEqual(expect.arrayContaining(['users deleted 1', 'team_memberships deleted 1']));

  expect((await club.send('GET', `${club.users}/users/${userId}`)).status).toBe(404);
  const { rows } = await client('training').query<{ player_id: string }>(
    `SELECT "player_id" FROM "workout_executions" WHERE "workout_session_id" = $1`,
    [sessionId],
  );
  expect(rows).toEqual([{ player_id: expect.not.stringMatching(userId) }]);

  // What is left of the id: tombstones and counters of events, which say nothing but that there was somebody; events that
  // told of the person go with the outbox's retention.
  await until('the news of the deletion', async () => {
    const { rows: news } = await client('training').query(
      `SELECT FROM "inbox_aggregates" WHERE "aggregate" = 'user' AND "aggregate_id" = $1 AND "last_sequence" >= 3`,
      [userId],
    );
    return news.length > 0 || undefined;
  });
  expect(await traces('training', userId)).toEqual(['inbox_aggregates', 'known_users']);
  const left = await traces('user', userId);
  expect(left.filter((table) => !table.startsWith('outbox_'))).toEqual([]);
});

it('is the same erasure when it is asked for twice, and has no way back once training was asked', async () => {
  const here = await scene();
  const { club, userId } = here;
  await kill('training');
  const url = await erase(here);
  expect(await erase(here)).toBe(url);
  const saga = `${club.users}/operations/sagas/${url.split('/').pop()}`;
  await until('the pivot', async () => (await club.get(saga))['isPastPivot'] === true || undefined);
  expect(await club.get(`${club.users}/users/${userId}`)).toMatchObject({ isActive: false });
  const answer = await club.send('POST', `${saga}/cancel`);
  expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'SAGA_PAST_PIVOT' }]);
  await start('training');
  await club.reached(url, 'completed');
  expect(await erase(here)).not.toBe(url);
});

it('is completed though both services are killed in the middle', async () => {
  const here = await scene();
  const [, id] = /user-erasures\/(.+)$/.exec(await erase(here))!;
  await kill('training');
  await kill('user');
  const users = await start('user');
  const club = new Club(users, await start('training'));
  await club.reached(`${users}/user-erasures/${id}`, 'completed');
  expect((await club.send('GET', `${users}/users/${here.userId}`)).status).toBe(404);
});

it('erases what others still know of somebody who was deleted before', async () => {
  const here = await scene();
  const { club, userId } = here;
  expect((await club.send('DELETE', `${club.users}/users/${userId}`)).status).toBe(204);
  expect(await traces('training', userId)).toContain('workout_executions');
  const receipt = await club.reached(await erase(here), 'completed');
  expect(JSON.stringify(receipt['services'])).toContain('workout_executions.player_id');
  expect(await traces('training', userId)).not.toContain('workout_executions');
});

it('knows who never was', async () => {
  const users = await start('user');
  const club = new Club(users, 'http://127.0.0.1:1');
  const answer = await club.send('POST', `${users}/user-erasures`, {
    userId: '019aa000-0000-7000-8000-000000000001',
  });
  expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'REFERENCE_NOT_FOUND' }]);
});
