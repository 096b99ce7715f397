import { assignment, execution } from './requests';
import { useApp } from './use-app';

const { http, create, move, scheduledSession } = useApp();
const EVENING = '2026-12-01T18:00:00.000Z';

describe('PUT /workout-sessions/:id/status', () => {
  /** The way to a status, from a draft. */
  const ROADS: Record<string, string[]> = {
    draft: [],
    scheduled: ['scheduled'],
    active: ['scheduled', 'active'],
    completed: ['scheduled', 'active', 'completed'],
    cancelled: ['cancelled'],
  };
  const FOLLOWING: Record<string, string[]> = {
    draft: ['scheduled', 'cancelled'],
    scheduled: ['active', 'cancelled'],
    active: ['completed', 'cancelled'],
    completed: [],
    cancelled: [],
  };
  const pairs = Object.keys(ROADS).flatMap((from) => Object.keys(ROADS).map((to) => [from, to] as const));

  it.each(pairs)('from %s to %s', async (from, to) => {
    const { id } = await create.session({ scheduledAt: EVENING });
    await move(`/workout-sessions/${id}`, ...ROADS[from]!);
    const { status, body } = await http().put(`/workout-sessions/${id}/status`).send({ status: to });
    const isLegal = from === to || FOLLOWING[from]!.includes(to);
    expect(status).toBe(isLegal ? 200 : 409);
    if (!isLegal) {
      expect(body).toMatchObject({ code: 'ILLEGAL_STATUS_TRANSITION', from, to, allowed: FOLLOWING[from] });
    }
    const after = await http().get(`/workout-sessions/${id}`).expect(200);
    expect(after.body).toMatchObject({ status: isLegal ? to : from });
  });

  it('does not schedule a session without a time', async () => {
    const { id } = await create.session();
    const { body } = await http()
      .put(`/workout-sessions/${id}/status`)
      .send({ status: 'scheduled' })
      .expect(409);
    expect(body).toMatchObject({ code: 'SESSION_WITHOUT_TIME', sessionStatus: 'draft' });
  });

  it.each([[{}], [{ status: 'paused' }], [{ status: null }], [{ status: 'scheduled', title: 'x' }]])(
    'refuses %j',
    async (change) => {
      const { id } = await create.session();
      await http().put(`/workout-sessions/${id}/status`).send(change).expect(400);
    },
  );

  it('cancels with a session what was still to be done, and leaves what was done', async () => {
    const { id } = await scheduledSession();
    const post = async (path: string, fields: object) =>
      (await http().post(path).send(fields).expect(201)).body.id as string;
    const openAssignment = await post('/workout-assignments', assignment(id));
    const missedAssignment = await post('/workout-assignments', assignment(id));
    await move(`/workout-assignments/${missedAssignment}`, 'missed');
    const pending = await post('/workout-executions', execution(id));
    const active = await post('/workout-executions', execution(id));
    await move(`/workout-executions/${active}`, 'active');
    const completed = await post('/workout-executions', execution(id));
    await move(`/workout-executions/${completed}`, 'active', 'completed');

    await move(`/workout-sessions/${id}`, 'cancelled');
    const statusOf = async (path: string) => (await http().get(path).expect(200)).body.status;
    expect(await statusOf(`/workout-assignments/${openAssignment}`)).toBe('cancelled');
    expect(await statusOf(`/workout-assignments/${missedAssignment}`)).toBe('missed');
    expect(await statusOf(`/workout-executions/${pending}`)).toBe('cancelled');
    expect(await statusOf(`/workout-executions/${active}`)).toBe('cancelled');
    expect(await statusOf(`/workout-executions/${completed}`)).toBe('completed');
  });
});
