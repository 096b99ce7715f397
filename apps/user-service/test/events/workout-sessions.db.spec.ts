import type { ReceivedEvent, WorkoutSessionState } from '@hockey-hub/shared-lib';
import { v7 as uuidv7 } from 'uuid';
import { KnownWorkoutSession } from '../../src/entities/known-workout-session';
import { WorkoutSessionEvents } from '../../src/event-handlers/workout-session-events';
import { useApp } from '../http/use-app';

const { http, dataSource, create } = useApp();
const events = new WorkoutSessionEvents();

const received = <Data extends object>(
  aggregateId: string,
  sequence: number,
  data: Data,
): ReceivedEvent<Data> => ({
  ...{ id: uuidv7(), service: 'training-service', type: 'training-service.workout-session.updated.v1' },
  ...{ aggregateId, sequence, time: new Date(), data },
});
const stateOf = (teamId: string, status: WorkoutSessionState['status']): WorkoutSessionState => ({
  ...{ teamId, status, title: 'Leg day', scheduledAt: null },
});

async function heard(teamId: string, status: WorkoutSessionState['status'] = 'draft'): Promise<string> {
  const id = uuidv7();
  await dataSource().transaction((manager) =>
    events.created(received(id, 1, stateOf(teamId, status)), manager),
  );
  return id;
}

const known = (id: string) => dataSource().getRepository(KnownWorkoutSession).findOneBy({ id });

it('keeps what it hears of a session, until it is removed', async () => {
  const teamId = uuidv7();
  const id = await heard(teamId);
  expect(await known(id)).toMatchObject({ teamId, title: 'Leg day', status: 'draft', sequence: 1 });
  await dataSource().transaction((manager) =>
    events.updated(received(id, 2, stateOf(teamId, 'scheduled')), manager),
  );
  expect(await known(id)).toMatchObject({ status: 'scheduled', sequence: 2 });
  const deletedAt = '2026-12-01T18:00:00.000Z';
  await dataSource().transaction((manager) => events.deleted(received(id, 3, { deletedAt }), manager));
  expect(await known(id)).toMatchObject({ deletedAt: new Date(deletedAt), sequence: 3 });
});

it('takes over a snapshot, and what is gone according to it', async () => {
  const teamId = uuidv7();
  const id = uuidv7();
  const snapshot = (sequence: number, data: WorkoutSessionState | null) =>
    dataSource().transaction((manager) => events.snapshot({ aggregateId: id, sequence, data }, manager));
  await snapshot(0, null);
  expect(await known(id)).toBeNull();
  await snapshot(0, stateOf(teamId, 'active'));
  expect(await known(id)).toMatchObject({ status: 'active', deletedAt: null });
  await snapshot(4, null);
  expect(await known(id)).toMatchObject({ deletedAt: expect.any(Date) });
});

describe('DELETE /teams/:id', () => {
  it.each(['draft', 'scheduled', 'active', 'completed'] as const)(
    'refuses a team with a session that is %s, names it and says what to do',
    async (status) => {
      const { id: teamId } = await create.team();
      const id = await heard(teamId, status);
      const { body } = await http().delete(`/teams/${teamId}`).expect(409);
      expect(body).toMatchObject({
        code: 'STILL_REFERENCED',
        detail: expect.stringContaining('isActive: false'),
        workoutSessions: [{ id, title: 'Leg day', status }],
      });
      await http().get(`/teams/${teamId}`).expect(200);
    },
  );

  it('removes a team whose sessions were all cancelled or removed', async () => {
    const { id: teamId } = await create.team();
    await heard(teamId, 'cancelled');
    const removed = await heard(teamId);
    const deletedAt = '2026-12-01T18:00:00.000Z';
    await dataSource().transaction((manager) => events.deleted(received(removed, 2, { deletedAt }), manager));
    await http().delete(`/teams/${teamId}`).expect(204);
  });
});
