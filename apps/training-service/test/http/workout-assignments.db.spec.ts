import { type Body, faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownTeam } from '../known';
import { assignment } from './requests';
import { useApp } from './use-app';

const { http, create, move } = useApp();
const FIRST = '2026-12-01T06:00:00.000Z';

async function assign(fields: object = {}): Promise<Body> {
  const { id } = await create.session();
  return (
    await http()
      .post('/workout-assignments')
      .send({ ...assignment(id), ...fields })
      .expect(201)
  ).body as Body;
}

describe('POST /workout-assignments', () => {
  it('assigns a session to a player', async () => {
    const { id } = await create.session();
    const fields = assignment(id);
    const { body } = await http().post('/workout-assignments').send(fields).expect(201);
    expect(body).toEqual({
      ...fields,
      id: expect.any(String),
      teamId: null,
      status: 'assigned',
      dueAt: null,
      recurrence: null,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/workout-assignments/${body.id}`).expect(200, body);
  });

  it('assigns a session to a team, again and again', async () => {
    const { id: workoutSessionId } = await create.session();
    const fields = {
      workoutSessionId,
      playerId: null,
      teamId: knownTeam(),
      dueAt: FIRST,
      recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270331T220000Z',
    };
    const { body } = await http().post('/workout-assignments').send(fields).expect(201);
    expect(body).toMatchObject(fields);
  });

  it.each([
    ['neither', {}],
    ['both', { playerId: NOBODY, teamId: NOBODY }],
    ['nulls', { playerId: null, teamId: null }],
  ])('refuses %s of player and team', async (_what, assignee) => {
    const { id: workoutSessionId } = await create.session();
    const { body } = await http()
      .post('/workout-assignments')
      .send({ workoutSessionId, ...assignee })
      .expect(400);
    expect(faultyFields(body)).toEqual(['playerId', 'teamId']);
  });

  it.each([
    ['workoutSessionId', 'x'],
    ['playerId', 7],
    ['status', 'completed'],
    ['dueAt', '2026-12-01'],
    ['recurrence', 'weekly'],
    ['recurrence', 'FREQ=HOURLY'],
    ['recurrence', 'FREQ=WEEKLY;BYDAY=XX'],
    ['recurrence', 'FREQ=WEEKLY;COUNT=0'],
    ['recurrence', 'FREQ=WEEKLY;UNTIL=20261301T000000Z'],
    ['recurrence', 'FREQ=WEEKLY;COUNT=2;UNTIL=20261201T000000Z'],
    ['colour', 'red'],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.session();
    const { body } = await http()
      .post('/workout-assignments')
      .send({ ...assignment(id), dueAt: FIRST, [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses a recurrence that has no beginning', async () => {
    const { id } = await create.session();
    const { body } = await http()
      .post('/workout-assignments')
      .send({ ...assignment(id), recurrence: 'FREQ=DAILY' })
      .expect(422);
    expect(body).toMatchObject({ code: 'CHECK_FAILED', constraint: 'ck_workout_assignments_first_due' });
  });

  it('refuses a session that does not exist, and one that is over', async () => {
    const unknown = await http().post('/workout-assignments').send(assignment(NOBODY)).expect(422);
    expect(unknown.body).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      errors: [{ field: 'workoutSessionId' }],
    });
    const { id } = await create.session();
    await move(`/workout-sessions/${id}`, 'cancelled');
    const over = await http().post('/workout-assignments').send(assignment(id)).expect(409);
    expect(over.body).toMatchObject({ code: 'SESSION_CLOSED' });
  });
});

describe('PATCH /workout-assignments/:id', () => {
  it('changes when it is due, and only from the present version', async () => {
    const before = await assign({ dueAt: FIRST, recurrence: 'FREQ=DAILY;COUNT=5' });
    const path = `/workout-assignments/${before.id}`;
    const { body } = await http().patch(path).send({ recurrence: null, version: 1 }).expect(200);
    expect(body).toEqual({ ...before, recurrence: null, version: 2, updatedAt: expect.any(String) });
    await http().patch(path).send({ dueAt: null, version: 1 }).expect(409);
    await http().patch(path).send({ dueAt: null, version: 2 }).expect(200);
    await http().patch(path).send({ recurrence: 'FREQ=DAILY' }).expect(422);
  });

  it.each([
    ['playerId', NOBODY],
    ['teamId', NOBODY],
    ['workoutSessionId', NOBODY],
    ['status', 'missed'],
  ])('does not change %s', async (field, value) => {
    const { id } = await assign();
    const { body } = await http()
      .patch(`/workout-assignments/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });
});

describe('PUT /workout-assignments/:id/status', () => {
  it.each([
    [[], 'completed', 200],
    [[], 'missed', 200],
    [[], 'cancelled', 200],
    [['missed'], 'completed', 200],
    [['completed'], 'completed', 200],
    [['missed'], 'assigned', 409],
    [['missed'], 'cancelled', 409],
    [['completed'], 'assigned', 409],
    [['completed'], 'missed', 409],
    [['cancelled'], 'assigned', 409],
    [['cancelled'], 'completed', 409],
  ])('after %j, %s: %i', async (road, status, expected) => {
    const { id } = await assign();
    await move(`/workout-assignments/${id}`, ...road);
    const { body } = await http().put(`/workout-assignments/${id}/status`).send({ status }).expect(expected);
    expect(body).toMatchObject(expected === 200 ? { status } : { code: 'ILLEGAL_STATUS_TRANSITION' });
  });
});

it('GET /workout-assignments filters and sorts', async () => {
  const { id: workoutSessionId } = await create.session();
  const teamId = knownTeam();
  const open = await assign({ workoutSessionId });
  const late = await assign({ workoutSessionId, dueAt: '2026-12-08T06:00:00Z' });
  const early = await assign({ workoutSessionId, dueAt: FIRST, playerId: undefined, teamId });
  await move(`/workout-assignments/${late.id}`, 'completed');
  const ids = async (query: string) => {
    const path = `/workout-assignments?filter.workoutSessionId=${workoutSessionId}&${query}`;
    return idsOf((await http().get(path).expect(200)).body.data);
  };
  expect(await ids('')).toEqual([early.id, late.id, open.id]);
  expect(await ids(`filter.teamId=${teamId}`)).toEqual([early.id]);
  expect(await ids(`filter.playerId=${open['playerId']}`)).toEqual([open.id]);
  expect(await ids('filter.status=completed')).toEqual([late.id]);
  expect(await ids('filter.dueAt=$lt:2026-12-05T00:00:00Z')).toEqual([early.id]);
  expect(await ids('sortBy=dueAt:DESC&limit=1')).toEqual([late.id]);
});

it('DELETE takes an assignment back, and what is unknown is 404', async () => {
  const { id } = await assign();
  const path = `/workout-assignments/${id}`;
  await http().delete(path).expect(204);
  await http().get(path).expect(404);
  await http().delete(path).expect(404);
  await http().patch(path).send({ dueAt: null }).expect(404);
  await http().put(`${path}/status`).send({ status: 'missed' }).expect(404);
});
