import { type Body, faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { load } from './requests';
import { useApp } from './use-app';

const { http, create, move } = useApp();

async function setLoad(fields: object = {}): Promise<Body> {
  const { id } = await create.session();
  return (
    await http()
      .post('/player-workout-loads')
      .send({ ...load(id), ...fields })
      .expect(201)
  ).body as Body;
}

it('keeps a load as it was given', async () => {
  const { id } = await create.session();
  const fields = { ...load(id), loadFactor: 0.125, notes: 'Knee\nuntil January' };
  const { body } = await http().post('/player-workout-loads').send(fields).expect(201);
  expect(body).toMatchObject({ ...fields, version: 1 });
  await http().get(`/player-workout-loads/${body.id}`).expect(200, body);
});

it('sets one load per player and session', async () => {
  const { workoutSessionId, playerId } = await setLoad();
  const { body } = await http()
    .post('/player-workout-loads')
    .send({ workoutSessionId, playerId, loadFactor: 1 })
    .expect(409);
  expect(body).toMatchObject({
    code: 'ALREADY_EXISTS',
    constraint: 'uq_player_workout_loads_workout_session_id_player_id',
  });
});

it.each([
  ['loadFactor', undefined],
  ['loadFactor', '0.5'],
  ['loadFactor', -0.1],
  ['loadFactor', 10.5],
  ['loadFactor', 0.0625],
  ['notes', ''],
  ['notes', 'x'.repeat(2001)],
  ['playerId', null],
  ['colour', 'red'],
])('refuses %s: %j', async (field, value) => {
  const { id } = await create.session();
  const { body } = await http()
    .post('/player-workout-loads')
    .send({ ...load(id), [field]: value })
    .expect(400);
  expect(faultyFields(body)).toEqual([field]);
});

it('refuses a session that does not exist, and one that is over', async () => {
  await http().post('/player-workout-loads').send(load(NOBODY)).expect(422);
  const { id } = await create.session();
  await move(`/workout-sessions/${id}`, 'cancelled');
  await http().post('/player-workout-loads').send(load(id)).expect(409);
});

it('changes factor and notes, and only from the present version', async () => {
  const before = await setLoad({ notes: 'Knee' });
  const path = `/player-workout-loads/${before.id}`;
  const { body } = await http().patch(path).send({ loadFactor: 0.75, notes: null, version: 1 }).expect(200);
  expect(body).toEqual({
    ...before,
    loadFactor: 0.75,
    notes: null,
    version: 2,
    updatedAt: expect.any(String),
  });
  await http().patch(path).send({ loadFactor: 1, version: 1 }).expect(409);
  await http().patch(path).send({ playerId: NOBODY }).expect(400);
  await http().get(path).expect(200, body);
});

it('removes a load, and answers 404 for what is unknown', async () => {
  const { id } = await setLoad();
  const path = `/player-workout-loads/${id}`;
  await http().delete(path).expect(204);
  await http().get(path).expect(404);
  await http().patch(path).send({ loadFactor: 1 }).expect(404);
  await http().delete(path).expect(404);
});

it('lists loads by session, player and factor', async () => {
  const { id: workoutSessionId } = await create.session();
  const light = await setLoad({ workoutSessionId, loadFactor: 0.5 });
  const heavy = await setLoad({ workoutSessionId, loadFactor: 1.2, notes: 'Captain' });
  const ids = async (query: string) => {
    const path = `/player-workout-loads?filter.workoutSessionId=${workoutSessionId}&${query}`;
    return idsOf((await http().get(path).expect(200)).body.data);
  };
  expect(await ids('sortBy=loadFactor:ASC')).toEqual([light.id, heavy.id]);
  expect(await ids('filter.loadFactor=$lt:1')).toEqual([light.id]);
  expect(await ids(`filter.playerId=${heavy['playerId']}`)).toEqual([heavy.id]);
  expect(await ids('search=captain')).toEqual([heavy.id]);
  expect(await ids('limit=1&page=2')).toEqual([light.id]);
});
