import { NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { Snapshots } from '../../src/snapshots/snapshots';
import { workoutSession } from './requests';
import { useApp } from './use-app';

const { http, dataSource, create, move } = useApp();
const EVENING = '2026-12-01T18:00:00.000Z';

interface Published {
  readonly verb: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}

const publishedOf = (id: string): Promise<Published[]> =>
  dataSource().query(
    `SELECT split_part("type", '.', 3) AS verb, "sequence"::int, "data" FROM "outbox_events"
      WHERE "aggregate" = 'workout-session' AND "aggregate_id" = $1 ORDER BY "position"`,
    [id],
  );

it('tells of a session from its draft to its end, once for each change', async () => {
  const { id, teamId } = await create.session();
  const path = `/workout-sessions/${id}`;
  await http().patch(path).send({ scheduledAt: EVENING, title: 'Core day' }).expect(200);
  await move(path, 'scheduled', 'scheduled', 'cancelled');
  const draft = { teamId, title: 'Leg day', status: 'draft', scheduledAt: null };
  const changed = { ...draft, title: 'Core day', scheduledAt: EVENING };
  expect(await publishedOf(id)).toEqual([
    { verb: 'created', sequence: 1, data: draft },
    { verb: 'updated', sequence: 2, data: changed },
    { verb: 'updated', sequence: 3, data: { ...changed, status: 'scheduled' } },
    { verb: 'updated', sequence: 4, data: { ...changed, status: 'cancelled' } },
  ]);
});

it('tells of a draft that is removed', async () => {
  const { id } = await create.session();
  await http().delete(`/workout-sessions/${id}`).expect(204);
  expect((await publishedOf(id)).at(-1)).toEqual({
    ...{ verb: 'deleted', sequence: 2, data: { deletedAt: expect.any(String) } },
  });
});

it('tells nothing of what was refused', async () => {
  const count = async () =>
    (await dataSource().query<[{ count: number }]>(`SELECT count(*)::int FROM "outbox_events"`))[0].count;
  const { id } = await create.session();
  const before = await count();
  const path = `/workout-sessions/${id}`;
  await http()
    .post('/workout-sessions')
    .send({ ...workoutSession(), exercises: [{ exerciseTemplateId: NOBODY }] })
    .expect(422);
  await http().put(`${path}/status`).send({ status: 'scheduled' }).expect(409);
  await http().patch(path).send({ title: 'Late', version: 7 }).expect(409);
  expect(await count()).toBe(before);
});

describe('the snapshot', () => {
  const snapshots = new Snapshots();

  it('says of every session what its newest event said, page by page, by id', async () => {
    for (let count = 0; count < 3; count++) await create.session({ scheduledAt: EVENING });
    const seen: string[] = [];
    for (;;) {
      const page = await snapshots.workoutSessions(dataSource().manager, { after: seen.at(-1), limit: 2 });
      if (page.length === 0) break;
      for (const { aggregateId, data } of page) {
        expect((await publishedOf(aggregateId)).at(-1)?.data).toEqual(data);
        seen.push(aggregateId);
      }
    }
    const all = await dataSource().query<{ id: string }[]>(
      'SELECT "id" FROM "workout_sessions" ORDER BY "id"',
    );
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('reads those that are asked for, and leaves out what is not there', async () => {
    const { id } = await create.session();
    const page = await snapshots.workoutSessions(dataSource().manager, { ids: [id, NOBODY], limit: 10 });
    expect(page.map(({ aggregateId }) => aggregateId)).toEqual([id]);
  });
});
