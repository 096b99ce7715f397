import { faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { execution, results } from './requests';
import { useApp } from './use-app';

const { http, move, scheduledSession } = useApp();

/** A player about to do a session of two exercises. */
async function prepare(): Promise<{ path: string; exerciseIds: string[] }> {
  const { id, exercises } = await scheduledSession(2);
  const { body } = await http().post('/workout-executions').send(execution(id)).expect(201);
  return { path: `/workout-executions/${body.id}`, exerciseIds: idsOf(exercises) };
}

async function start(): Promise<{ path: string; exerciseIds: string[] }> {
  const prepared = await prepare();
  await move(prepared.path, 'active');
  return prepared;
}

describe('PUT /workout-executions/:id/exercises/:id', () => {
  it('records what was done, in the order of the session', async () => {
    const { path, exerciseIds } = await start();
    const fields = {
      results: {
        sets: [
          { reps: 8, weightKg: 60.5 },
          { durationSeconds: 42.195, distanceMeters: 400 },
        ],
        notes: 'Hard',
      },
      rpe: 9,
    };
    await http().put(`${path}/exercises/${exerciseIds[1]}`).send(results()).expect(200);
    const { body } = await http().put(`${path}/exercises/${exerciseIds[0]}`).send(fields).expect(200);
    expect(body).toMatchObject({ ...fields, exerciseId: exerciseIds[0] });
    const whole = await http().get(path).expect(200);
    expect(whole.body.exercises).toEqual([
      body,
      expect.objectContaining({ ...results(), exerciseId: exerciseIds[1], rpe: null }),
    ]);
  });

  it('replaces what was recorded before, after the workout too', async () => {
    const { path, exerciseIds } = await start();
    const record = (fields: object) =>
      http().put(`${path}/exercises/${exerciseIds[0]}`).send(fields).expect(200);
    const first = await record({ ...results(), rpe: 5 });
    await move(path, 'completed');
    const second = await record({ results: { sets: [{ reps: 7 }] } });
    expect(second.body).toMatchObject({ id: first.body.id, results: { sets: [{ reps: 7 }] }, rpe: null });
    expect((await http().get(path).expect(200)).body.exercises).toHaveLength(1);
  });

  it('records one row however many say it at once', async () => {
    const { path, exerciseIds } = await start();
    const record = () => http().put(`${path}/exercises/${exerciseIds[0]}`).send(results()).expect(200);
    await Promise.all(Array.from({ length: 5 }, record));
    expect((await http().get(path).expect(200)).body.exercises).toHaveLength(1);
  });

  it.each([
    ['results', undefined],
    ['results', []],
    ['results', { sets: [] }],
    ['results', { sets: [7] }],
    ['results', { sets: Array(51).fill({ reps: 1 }) }],
    ['results', { sets: [{ reps: -1 }] }],
    ['results', { sets: [{ weightKg: 0.0001 }] }],
    ['results', { sets: [{ reps: 1, mood: 'good' }] }],
    ['results', { sets: [{ reps: 1 }], notes: '\u0000' }],
    ['rpe', 0],
    ['rpe', 11],
    ['rpe', 7.5],
    ['exerciseId', NOBODY],
  ])('refuses %s: %j', async (field, value) => {
    const { path, exerciseIds } = await start();
    const { body } = await http()
      .put(`${path}/exercises/${exerciseIds[0]}`)
      .send({ ...results(), [field]: value })
      .expect(400);
    expect(faultyFields(body).every((name) => name.startsWith(field))).toBe(true);
  });

  it('refuses an execution that has not begun or was cancelled', async () => {
    const { path, exerciseIds } = await prepare();
    const record = () => http().put(`${path}/exercises/${exerciseIds[0]}`).send(results()).expect(409);
    expect((await record()).body).toMatchObject({
      code: 'EXECUTION_NOT_STARTED',
      executionStatus: 'pending',
    });
    await move(path, 'cancelled');
    expect((await record()).body).toMatchObject({ executionStatus: 'cancelled' });
  });

  it("answers 404 for unknown exercises and another session's", async () => {
    const { path } = await start();
    const other = await start();
    for (const id of [NOBODY, other.exerciseIds[0]]) {
      await http().put(`${path}/exercises/${id}`).send(results()).expect(404);
    }
    await http().put(`/workout-executions/${NOBODY}/exercises/${NOBODY}`).send(results()).expect(404);
  });

  it('can be taken back', async () => {
    const { path, exerciseIds } = await start();
    const exercise = `${path}/exercises/${exerciseIds[0]}`;
    await http().put(exercise).send(results()).expect(200);
    await http().delete(exercise).expect(204);
    await http().delete(exercise).expect(404);
    expect((await http().get(path).expect(200)).body.exercises).toEqual([]);
  });
});
