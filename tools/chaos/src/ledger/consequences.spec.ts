import { withConsequences } from './consequences';
import type { Asked, Fields, Subject } from './entries';
import type { RowHistory } from './histories';

type State = Fields | undefined;

const asked: Asked = {
  ...{ kind: 'asked', number: 1, at: '', writer: '', action: 'create', subject: 'team-membership' },
  ...{ method: '', path: '', process: '', body: { userId: 'u1', teamId: 't1' } },
};
const row = (subject: Subject, id: string, ...possible: State[]): RowHistory => ({
  ...{ subject, id, possible },
  requests: [{ asked }],
});
const last = (...rows: RowHistory[]) => withConsequences(rows).at(-1)!.possible;

const membership = row('team-membership', 'm1', { userId: 'u1' });
const state = (status?: string): Fields => ({
  ...{ workoutSessionId: 's1', playerId: 'u1' },
  ...(status !== undefined && { status }),
});
const assignment = (status?: string) => row('workout-assignment', 'a1', state(status));
const session = (...possible: State[]) => row('workout-session', 's1', ...possible);

test('leaves alone what belongs to a row that is there', () => {
  expect(last(row('user', 'u1', { firstName: 'Mia' }), membership)).toEqual([{ userId: 'u1' }]);
  expect(last(row('user', 'u1', {}), session({ status: 'active' }), assignment())).toEqual([state()]);
});

test('takes memberships along with their user, perhaps when that is not known', () => {
  expect(last(row('user', 'u1', undefined), membership)).toEqual([undefined]);
  expect(last(row('user', 'u1', {}, undefined), membership)).toEqual([{ userId: 'u1' }, undefined]);
});

test('cancels open assignments along with their session or player, and no others', () => {
  expect(last(session({ status: 'cancelled' }), assignment())).toEqual([state('cancelled')]);
  expect(last(session({}, { status: 'cancelled' }), assignment())).toEqual([state(), state('cancelled')]);
  expect(last(session({ status: 'cancelled' }), assignment('completed'))).toEqual([state('completed')]);
  expect(last(session(undefined), assignment())).toEqual([undefined]);
  expect(last(row('user', 'u1', undefined), assignment('assigned'))).toEqual([state('cancelled')]);
  expect(last(row('user', 'u1', undefined), assignment('missed'))).toEqual([state('missed')]);
});

test('cancels what a team that is gone had planned, assignments included', () => {
  const team = row('team', 't1', undefined);
  expect(last(team, session({ teamId: 't1' }))).toEqual([{ teamId: 't1', status: 'cancelled' }]);
  expect(last(team, session({ teamId: 't1', status: 'completed' }))).toMatchObject([{ status: 'completed' }]);
  expect(last(team, session({ teamId: 't1' }), assignment())).toEqual([state('cancelled')]);
});

test('allows the cancellation of what somebody was to do who never was in the team', () => {
  const gone = row('team-membership', 'm1', undefined);
  expect(last(gone, session({ teamId: 't1' }), assignment())).toEqual([state(), state('cancelled')]);
  expect(last(gone, session({ teamId: 't2' }), assignment())).toEqual([state()]);
  expect(last(membership, session({ teamId: 't1' }), assignment())).toEqual([state()]);
});

test('does not tell where the assignments of a player are who was moved to another team', () => {
  const touched = { moved: new Set(['u1']), erased: new Set() };
  const judge = (...rows: RowHistory[]) => withConsequences(rows, touched).at(-1)!.possible;
  expect(judge(session({ status: 'cancelled' }), assignment())).toEqual([{ playerId: 'u1' }, undefined]);
  expect(judge(row('workout-assignment', 'a1', undefined))).toEqual([undefined]);
});

test('expects nothing to name somebody who was erased', () => {
  const touched = { moved: new Set(), erased: new Set(['u1']) };
  const [, judged] = withConsequences([row('user', 'u1', undefined), assignment()], touched);
  expect(judged!.possible).toEqual([{ workoutSessionId: 's1', status: 'cancelled' }]);
});
