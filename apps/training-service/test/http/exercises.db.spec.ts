import { type Body, faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownUser } from '../known';
import { useApp } from './use-app';

const { http, create, move, scheduledSession } = useApp();

/** A session with three exercises. */
async function plan() {
  const { id, exercises } = await scheduledSession(3);
  const path = `/workout-sessions/${id}/exercises`;
  const template = String(exercises[0]!['exerciseTemplateId']);
  const list = async () => (await http().get(path).expect(200)).body as Body[];
  return { sessionId: id, path, template, ids: idsOf(exercises), list };
}

const positions = (exercises: Body[]) => exercises.map(({ position }) => position);

describe('POST /workout-sessions/:id/exercises', () => {
  it('adds an exercise at the end', async () => {
    const { path, template, ids, list, sessionId } = await plan();
    const fields = { exerciseTemplateId: template, sets: 3, reps: 12, restSeconds: 60, target: { rpe: 7 } };
    const { body } = await http().post(path).send(fields).expect(201);
    expect(body).toMatchObject({ ...fields, position: 4, workoutSessionId: sessionId });
    expect(idsOf(await list())).toEqual([...ids, body.id]);
  });

  it('makes room in the middle', async () => {
    const { path, template, ids, list } = await plan();
    const { body } = await http().post(path).send({ exerciseTemplateId: template, position: 2 }).expect(201);
    const after = await list();
    expect(idsOf(after)).toEqual([ids[0], body.id, ids[1], ids[2]]);
    expect(positions(after)).toEqual([1, 2, 3, 4]);
  });

  it('leaves no gap', async () => {
    const { path, template } = await plan();
    const { body } = await http().post(path).send({ exerciseTemplateId: template, position: 5 }).expect(422);
    expect(body).toMatchObject({ code: 'POSITION_OUT_OF_RANGE' });
  });

  it('gives ten that come at once ten places', async () => {
    const { path, template, list } = await plan();
    await Promise.all(
      Array.from({ length: 10 }, () =>
        http().post(path).send({ exerciseTemplateId: template, position: 1 }).expect(201),
      ),
    );
    expect(positions(await list())).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it('lists every fault at once', async () => {
    const { path } = await plan();
    const { body } = await http()
      .post(path)
      .send({
        exerciseTemplateId: 'x',
        sets: 51,
        reps: 0,
        restSeconds: 3601,
        position: 0,
        target: { percentOfMax: 151, heartRateZone: 6, durationSeconds: 1.5, notes: '' },
        mood: 'good',
      })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'exerciseTemplateId',
      'mood',
      'position',
      'reps',
      'restSeconds',
      'sets',
      'target.durationSeconds',
      'target.heartRateZone',
      'target.notes',
      'target.percentOfMax',
    ]);
  });

  it('refuses an exercise that does not exist, and leaves no hole behind', async () => {
    const { path, list } = await plan();
    await http().post(path).send({ exerciseTemplateId: NOBODY, position: 1 }).expect(422);
    expect(positions(await list())).toEqual([1, 2, 3]);
  });

  it('stops at a hundred', async () => {
    const { id: exerciseTemplateId } = await create.exerciseTemplate();
    const { id } = await create.session({ exercises: Array(100).fill({ exerciseTemplateId }) });
    const { body } = await http()
      .post(`/workout-sessions/${id}/exercises`)
      .send({ exerciseTemplateId })
      .expect(409);
    expect(body).toMatchObject({ code: 'TOO_MANY_EXERCISES' });
  });
});

describe('PATCH /workout-sessions/:id/exercises/:id', () => {
  it('changes what it is given and leaves the rest', async () => {
    const { path, ids, list } = await plan();
    const [before] = await list();
    const { body } = await http()
      .patch(`${path}/${ids[0]}`)
      .send({ reps: 20, target: { weightKg: 20 } })
      .expect(200);
    expect(body).toEqual({ ...before, reps: 20, target: { weightKg: 20 }, updatedAt: expect.any(String) });
    const cleared = await http().patch(`${path}/${ids[0]}`).send({ reps: null }).expect(200);
    expect(cleared.body).toMatchObject({ reps: null, target: { weightKg: 20 } });
  });

  it.each([
    ['position', 2],
    ['sets', null],
    ['target', null],
    ['exerciseTemplateId', null],
  ])('refuses %s: %j', async (field, value) => {
    const { path, ids } = await plan();
    const { body } = await http()
      .patch(`${path}/${ids[0]}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses an exercise that does not exist', async () => {
    const { path, ids } = await plan();
    await http().patch(`${path}/${ids[0]}`).send({ exerciseTemplateId: NOBODY }).expect(422);
  });
});

describe('PUT /workout-sessions/:id/exercises/order', () => {
  it('puts them in another order', async () => {
    const { path, ids, list } = await plan();
    const exerciseIds = [ids[2], ids[0], ids[1]];
    const { body } = await http().put(`${path}/order`).send({ exerciseIds }).expect(200);
    expect(idsOf(body)).toEqual(exerciseIds);
    expect(positions(body)).toEqual([1, 2, 3]);
    expect(await list()).toEqual(body);
  });

  it('takes ids in capitals', async () => {
    const { path, ids } = await plan();
    const exerciseIds = [...ids].reverse().map((id) => id.toUpperCase());
    const { body } = await http().put(`${path}/order`).send({ exerciseIds }).expect(200);
    expect(idsOf(body)).toEqual([...ids].reverse());
  });

  it.each([
    ['too few', (ids: string[]) => ids.slice(1)],
    ['too many', (ids: string[]) => [...ids, NOBODY]],
    ['other', (ids: string[]) => [...ids.slice(1), NOBODY]],
    ['no', () => []],
  ])('refuses %s exercises', async (_what, choose) => {
    const { path, ids, list } = await plan();
    const { body } = await http()
      .put(`${path}/order`)
      .send({ exerciseIds: choose(ids) })
      .expect(409);
    expect(body).toMatchObject({ code: 'EXERCISES_CHANGED' });
    expect(idsOf(await list())).toEqual(ids);
  });

  it.each([
    ['the same one twice', (ids: string[]) => [ids[0], ids[0]?.toUpperCase(), ids[1]]],
    ['numbers', () => [1, 2, 3]],
    ['no list', () => 'abc'],
  ])('refuses %s', async (_what, choose) => {
    const { path, ids } = await plan();
    const { body } = await http()
      .put(`${path}/order`)
      .send({ exerciseIds: choose(ids) })
      .expect(400);
    expect(faultyFields(body)).toEqual(['exerciseIds']);
  });

  it('survives being asked for many orders at once', async () => {
    const { path, ids, list } = await plan();
    const orders = [ids, [...ids].reverse(), [ids[1], ids[2], ids[0]]];
    await Promise.all(
      orders.map((exerciseIds) => http().put(`${path}/order`).send({ exerciseIds }).expect(200)),
    );
    const after = await list();
    expect(positions(after)).toEqual([1, 2, 3]);
    expect(orders).toContainEqual(idsOf(after));
  });
});

describe('DELETE /workout-sessions/:id/exercises/:id', () => {
  it('removes an exercise and closes the gap', async () => {
    const { path, ids, list } = await plan();
    await http().delete(`${path}/${ids[1]}`).expect(204);
    const after = await list();
    expect(idsOf(after)).toEqual([ids[0], ids[2]]);
    expect(positions(after)).toEqual([1, 2]);
  });

  it('keeps an exercise that somebody has done', async () => {
    const { path, ids, sessionId } = await plan();
    const { body: started } = await http()
      .post('/workout-executions')
      .send({ workoutSessionId: sessionId, playerId: knownUser() })
      .expect(201);
    await move(`/workout-executions/${started.id}`, 'active');
    await http()
      .put(`/workout-executions/${started.id}/exercises/${ids[0]}`)
      .send({ results: { sets: [{ reps: 5 }] } })
      .expect(200);
    const { body } = await http().delete(`${path}/${ids[0]}`).expect(409);
    expect(body).toMatchObject({ code: 'STILL_REFERENCED' });
  });
});

it('does not touch the exercises of a session that is over', async () => {
  const { path, ids, template, sessionId } = await plan();
  await move(`/workout-sessions/${sessionId}`, 'active', 'completed');
  const closed = { code: 'SESSION_CLOSED', sessionStatus: 'completed' };
  const answers = [
    await http().post(path).send({ exerciseTemplateId: template }).expect(409),
    await http().patch(`${path}/${ids[0]}`).send({ reps: 1 }).expect(409),
    await http().put(`${path}/order`).send({ exerciseIds: ids }).expect(409),
    await http().delete(`${path}/${ids[0]}`).expect(409),
  ];
  for (const { body } of answers) expect(body).toMatchObject(closed);
});

it("answers 404 for an unknown session, an unknown exercise, and another session's", async () => {
  const { path, ids, template } = await plan();
  const other = await plan();
  const unknown = `/workout-sessions/${NOBODY}/exercises`;
  await http().get(unknown).expect(404);
  await http().post(unknown).send({ exerciseTemplateId: template }).expect(404);
  await http().put(`${unknown}/order`).send({ exerciseIds: [] }).expect(404);
  for (const id of [NOBODY, other.ids[0]]) {
    await http().patch(`${path}/${id}`).send({ reps: 1 }).expect(404);
    await http().delete(`${path}/${id}`).expect(404);
  }
  await http().delete(`${path}/${ids[0]}`).expect(204);
});
