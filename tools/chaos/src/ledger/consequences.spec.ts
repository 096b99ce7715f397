import { withConsequences } from './consequences';
import type { Fields, Subject } from './entries';

const row = (subject: Subject, id: string, ...possible: (Fields | undefined)[]) => ({
  subject,
  id,
  possible,
  requests: [],
});
const last = (...rows: ReturnType<typeof row>[]) => withConsequences(rows).at(-1)!.possible;

const membership = row('team-membership', 'm1', { userId: 'u1' });
const assignment = (status?: string) =>
  row('workout-assignment', 'a1', { workoutSessionId: 's1', ...(status && { status }) });
const session = (...possible: (Fields | undefined)[]) => row('workout-session', 's1', ...possible);

test('leaves alone what belongs to a row that is there', () => {
  expect(last(row('user', 'u1', { firstName: 'Mia' }), membership)).toEqual([{ userId: 'u1' }]);
  expect(last(session({ status: 'active' }), assignment())).toEqual([{ workoutSessionId: 's1' }]);
});

test('takes memberships along with their user, perhaps when that is not known', () => {
  expect(last(row('user', 'u1', undefined), membership)).toEqual([undefined]);
  expect(last(row('user', 'u1', {}, undefined), membership)).toEqual([{ userId: 'u1' }, undefined]);
});

test('cancels open assignments along with their session, and no others', () => {
  const cancelled = { workoutSessionId: 's1', status: 'cancelled' };
  expect(last(session({ status: 'cancelled' }), assignment())).toEqual([cancelled]);
  expect(last(session({}, { status: 'cancelled' }), assignment())).toEqual([
    { workoutSessionId: 's1' },
    cancelled,
  ]);
  expect(last(session({ status: 'cancelled' }), assignment('completed'))).toMatchObject([
    { status: 'completed' },
  ]);
  expect(last(session(undefined), assignment())).toEqual([undefined]);
});
