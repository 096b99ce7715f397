import { faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownUser } from '../known';
import { execution } from './requests';
import { useApp } from './use-app';

const { http, create, move, scheduledSession } = useApp();

/** The path of an execution that a player is about to begin. */
async function prepare(): Promise<string> {
  const { id } = await scheduledSession();
  const { body } = await http().post('/workout-executions').send(execution(id)).expect(201);
  return `/workout-executions/${body.id}`;
}

async function start(): Promise<string> {
  const path = await prepare();
  await move(path, 'active');
  return path;
}

describe('POST /workout-executions', () => {
  it('prepares an execution', async () => {
    const { id } = await scheduledSession();
    const fields = execution(id);
    const { body } = await http().post('/workout-executions').send(fields).expect(201);
    expect(body).toEqual({
      ...fields,
      id: expect.any(String),
      status: 'pending',
      startedAt: null,
      completedAt: null,
      minHeartRateBpm: null,
      averageHeartRateBpm: null,
      maxHeartRateBpm: null,
      heartRateZoneSeconds: null,
      exercises: [],
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/workout-executions/${body.id}`).expect(200, body);
  });

  it('lets a player execute a session once', async () => {
    const { id } = await scheduledSession();
    const fields = execution(id);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => http().post('/workout-executions').send(fields)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    await http().post('/workout-executions').send(execution(id)).expect(201);
  });

  it.each([
    ['a draft', [], 409],
    ['a scheduled session', ['scheduled'], 201],
    ['an active session', ['scheduled', 'active'], 201],
    ['a completed session', ['scheduled', 'active', 'completed'], 201],
    ['a cancelled session', ['cancelled'], 409],
  ])('of %s', async (_what, road, expected) => {
    const { id } = await create.session({ scheduledAt: '2026-12-01T18:00:00Z' });
    await move(`/workout-sessions/${id}`, ...road);
    const { body } = await http().post('/workout-executions').send(execution(id)).expect(expected);
    expect(body).toMatchObject(expected === 201 ? { status: 'pending' } : { code: 'SESSION_NOT_OPEN' });
  });

  it('refuses a session that does not exist, and lists every fault', async () => {
    await http().post('/workout-executions').send(execution(NOBODY)).expect(422);
    const { body } = await http()
      .post('/workout-executions')
      .send({ workoutSessionId: 1, status: 'active', rpe: 5 })
      .expect(400);
    expect(faultyFields(body)).toEqual(['playerId', 'rpe', 'status', 'workoutSessionId']);
  });
});

describe('PUT /workout-executions/:id/status', () => {
  it('notes when the player started and completed it', async () => {
    const path = await prepare();
    const put = (fields: object) => http().put(`${path}/status`).send(fields).expect(200);
    const started = await put({ status: 'active', at: '2026-12-01T18:00:00Z' });
    expect(started.body).toMatchObject({ startedAt: '2026-12-01T18:00:00.000Z', completedAt: null });
    const completed = await put({ status: 'completed', at: '2026-12-01T20:00:00+01:00' });
    expect(completed.body).toMatchObject({
      status: 'completed',
      startedAt: '2026-12-01T18:00:00.000Z',
      completedAt: '2026-12-01T19:00:00.000Z',
    });
    // Repeated, it stays as it was.
    expect((await put({ status: 'completed' })).body).toEqual(completed.body);
  });

  it('takes the present when no time is given', async () => {
    const path = await prepare();
    const before = Date.now();
    const { startedAt } = await move(path, 'active');
    expect(Date.parse(String(startedAt))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(String(startedAt))).toBeLessThanOrEqual(Date.now());
  });

  it('refuses an end before the beginning', async () => {
    const path = await start();
    const { body } = await http()
      .put(`${path}/status`)
      .send({ status: 'completed', at: '2020-01-01T00:00:00Z' })
      .expect(422);
    expect(body).toMatchObject({ code: 'CHECK_FAILED', constraint: 'ck_workout_executions_duration' });
  });

  it.each([
    [['active', 'completed'], 'active'],
    [['active', 'completed'], 'cancelled'],
    [['active'], 'pending'],
    [[], 'completed'],
    [['cancelled'], 'active'],
  ])('after %j refuses %s', async (road, status) => {
    const path = await prepare();
    const before = road.length > 0 ? await move(path, ...road) : undefined;
    const { body } = await http().put(`${path}/status`).send({ status }).expect(409);
    expect(body).toMatchObject({ code: 'ILLEGAL_STATUS_TRANSITION', to: status });
    if (before) await http().get(path).expect(200, before);
  });

  it.each([
    [{ status: 'paused' }],
    [{}],
    [{ status: 'active', at: 'now' }],
    [{ status: 'active', at: null }],
  ])('refuses %j', async (change) => {
    const path = await prepare();
    await http().put(`${path}/status`).send(change).expect(400);
  });
});

describe('PATCH /workout-executions/:id', () => {
  const SUMMARY = {
    minHeartRateBpm: 61,
    averageHeartRateBpm: 132,
    maxHeartRateBpm: 188,
    heartRateZoneSeconds: [300, 600, 900, 600, 120],
  };

  it('records the heart rate, and only from the present version', async () => {
    const path = await start();
    const { body } = await http()
      .patch(path)
      .send({ ...SUMMARY, version: 2 })
      .expect(200);
    expect(body).toMatchObject({ ...SUMMARY, version: 3 });
    await http().patch(path).send({ maxHeartRateBpm: 190, version: 2 }).expect(409);
    const cleared = await http().patch(path).send({ heartRateZoneSeconds: null }).expect(200);
    expect(cleared.body).toMatchObject({ ...SUMMARY, heartRateZoneSeconds: null });
  });

  it.each([
    ['minHeartRateBpm', 24],
    ['averageHeartRateBpm', 132.5],
    ['maxHeartRateBpm', 251],
    ['heartRateZoneSeconds', [1, 2, 3, 4]],
    ['heartRateZoneSeconds', [1, 2, 3, 4, -5]],
    ['heartRateZoneSeconds', [1, 2, 3, 4, null]],
    ['heartRateZoneSeconds', 5],
    ['status', 'completed'],
    ['startedAt', '2026-12-01T18:00:00Z'],
  ])('refuses %s: %j', async (field, value) => {
    const path = await start();
    const { body } = await http()
      .patch(path)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses an average above the maximum', async () => {
    const path = await start();
    const { body } = await http()
      .patch(path)
      .send({ averageHeartRateBpm: 190, maxHeartRateBpm: 180 })
      .expect(422);
    expect(body).toMatchObject({ constraint: 'ck_workout_executions_heart_rate_order' });
  });

  it('has nothing to record before the player has started', async () => {
    const path = await prepare();
    const { body } = await http().patch(path).send(SUMMARY).expect(409);
    expect(body).toMatchObject({ code: 'EXECUTION_NOT_STARTED', executionStatus: 'pending' });
  });
});

describe('DELETE /workout-executions/:id', () => {
  it('removes one that has not begun, and keeps one that has', async () => {
    const pending = await prepare();
    await http().delete(pending).expect(204);
    await http().get(pending).expect(404);

    const active = await start();
    const { body } = await http().delete(active).expect(409);
    expect(body).toMatchObject({ code: 'EXECUTION_CARRIED_OUT', executionStatus: 'active' });
  });
});

it('GET /workout-executions filters, sorts and leaves out exercises', async () => {
  const playerId = knownUser();
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) {
    const { id } = await scheduledSession();
    const { body } = await http()
      .post('/workout-executions')
      .send({ workoutSessionId: id, playerId })
      .expect(201);
    ids.push(body.id);
  }
  await move(`/workout-executions/${ids[0]}`, 'active');
  const list = async (query: string) =>
    (await http().get(`/workout-executions?filter.playerId=${playerId}&${query}`).expect(200)).body.data;
  expect(idsOf(await list(''))).toEqual([...ids].reverse());
  expect(idsOf(await list('filter.status=active'))).toEqual([ids[0]]);
  expect(idsOf(await list('filter.startedAt=$null&sortBy=id:ASC'))).toEqual([ids[1], ids[2]]);
  expect(idsOf(await list('limit=1&page=3'))).toEqual([ids[0]]);
  expect((await list('limit=1'))[0]).not.toHaveProperty('exercises');
});

it('answers 404 for an unknown execution', async () => {
  const path = `/workout-executions/${NOBODY}`;
  await http().get(path).expect(404);
  await http().patch(path).send({}).expect(404);
  await http().put(`${path}/status`).send({ status: 'active' }).expect(404);
  await http().delete(path).expect(404);
});
