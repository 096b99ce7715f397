import type { MovedAssignments } from '@hockey-hub/shared-lib';
import type { Columns } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { AssignmentCommands } from '../../src/command-handlers/assignment-commands';
import { received } from '../events/received';
import { useHandlers } from '../events/use-handlers';

const context = useHandlers();
const { inTransaction } = context;
const commands = new AssignmentCommands();

const AT = '2026-12-01T12:00:00.000Z';
const day = (n: number) => `2026-12-${String(n).padStart(2, '0')}T18:00:00.000Z`;

let playerId: string;
let [fromTeamId, toTeamId] = ['', ''];
beforeEach(async () => {
  [playerId, fromTeamId, toTeamId] = [uuidv7(), uuidv7(), uuidv7()];
  const team = { organizationId: uuidv7(), name: 'U14', season: '2026-2027', isActive: true };
  const person = { firstName: 'Mia', lastName: 'Keller', isActive: true };
  for (const id of [fromTeamId, toTeamId]) {
    await inTransaction((manager) => context.teams.created(received(id, 1, team), manager));
  }
  await inTransaction((manager) => context.users.created(received(playerId, 1, person), manager));
});

const session = (team_id: string, n: number, columns: Columns = {}) =>
  context.rows.workoutSession({ team_id, status: 'scheduled', scheduled_at: day(n), ...columns });
const assign = (workout_session_id: string, columns: Columns = {}) =>
  context.rows.workoutAssignment({ workout_session_id, player_id: playerId, ...columns });
const move = () =>
  context.dataSource.transaction((manager) =>
    commands.move({ playerId, fromTeamId, toTeamId, at: AT }, manager),
  );
const moveBack = (undone: MovedAssignments) =>
  inTransaction((manager) => commands.moveBack({ playerId }, manager, { key: 'k', undone }));

/** All assignments, without what every change touches. */
async function assignments(): Promise<Record<string, unknown>[]> {
  const rows = await context.dataSource.query<Record<string, unknown>[]>(
    `SELECT * FROM "workout_assignments" WHERE "player_id" = $1 OR "team_id" = $2 ORDER BY "id"`,
    [playerId, fromTeamId],
  );
  return rows.map(({ updated_at: _at, version: _version, ...row }) => row);
}

it('moves each open assignment to the next session of its type, in their order, with the date it is due', async () => {
  const [first, second] = [await session(fromTeamId, 2), await session(fromTeamId, 3)];
  const cardio = await session(fromTeamId, 4, { type: 'cardio' });
  const [late, early] = [await session(toTeamId, 9), await session(toTeamId, 8)];
  const running = await session(toTeamId, 7, { type: 'cardio' });
  const ids = {
    second: await assign(second),
    first: await assign(first, { due_at: day(2), recurrence: 'FREQ=WEEKLY' }),
    cardio: await assign(cardio),
  };
  const { moved, cancelled } = await move();
  expect(cancelled).toEqual([]);
  expect(moved).toEqual([
    { id: ids.first, fromSessionId: first, toSessionId: early, previousDueAt: day(2) },
    { id: ids.second, fromSessionId: second, toSessionId: late, previousDueAt: null },
    { id: ids.cardio, fromSessionId: cardio, toSessionId: running, previousDueAt: null },
  ]);
  expect(await context.row('workout_assignments', ids.first)).toMatchObject({
    ...{ workout_session_id: early, status: 'assigned', due_at: new Date(day(8)), recurrence: 'FREQ=WEEKLY' },
  });
});

it('cancels what the other team has no session for', async () => {
  const assignment = await assign(await session(fromTeamId, 2));
  await session(toTeamId, 3, { type: 'agility' });
  await session(toTeamId, 1, { scheduled_at: '2026-12-01T11:59:00Z' });
  await session(toTeamId, 4, { status: 'cancelled' });
  await session(toTeamId, 5, { status: 'draft' });
  expect(await move()).toEqual({ moved: [], cancelled: [assignment] });
  expect(await context.row('workout_assignments', assignment)).toMatchObject({ status: 'cancelled' });
});

it('never assigns a session twice', async () => {
  const [from, to] = [await session(fromTeamId, 2), await session(toTeamId, 3)];
  await assign(to, { status: 'completed' });
  const assignment = await assign(from);
  expect(await move()).toEqual({ moved: [], cancelled: [assignment] });
});

it('leaves alone what is not open, has begun, is the team’s or of another team', async () => {
  await session(toTeamId, 9);
  for (const status of ['completed', 'missed', 'cancelled'])
    await assign(await session(fromTeamId, 2), { status });
  await assign(await session(fromTeamId, 2, { status: 'active' }));
  await assign(await session(fromTeamId, 2), { player_id: null, team_id: fromTeamId });
  await assign(await session(uuidv7(), 2));
  const before = await assignments();
  expect(await move()).toEqual({ moved: [], cancelled: [] });
  expect(await assignments()).toEqual(before);
});

it('moves back to exactly what was before', async () => {
  await assign(await session(fromTeamId, 2), { due_at: day(2), recurrence: 'FREQ=WEEKLY' });
  await assign(await session(fromTeamId, 3));
  await assign(await session(fromTeamId, 4, { type: 'agility' }));
  await session(toTeamId, 5);
  await session(toTeamId, 6);
  const before = await assignments();
  const done = await move();
  expect(done).toMatchObject({ moved: [{}, {}], cancelled: [expect.any(String)] });
  expect(await assignments()).not.toEqual(before);
  await moveBack(done);
  expect(await assignments()).toEqual(before);
});

describe('moving back minds what happened meanwhile', () => {
  let [from, to, assignment] = ['', '', ''];
  let done: MovedAssignments;
  const set = (table: string, id: string, status: string) =>
    context.dataSource.query(`UPDATE "${table}" SET "status" = $2 WHERE "id" = $1`, [id, status]);
  const now = () => context.row('workout_assignments', assignment);
  beforeEach(async () => {
    [from, to] = [await session(fromTeamId, 2), await session(toTeamId, 3)];
    assignment = await assign(from);
    done = await move();
  });

  it('what was done in the new team stays done', async () => {
    await set('workout_assignments', assignment, 'completed');
    await moveBack(done);
    expect(await now()).toMatchObject({ workout_session_id: to, status: 'completed' });
  });

  it('what was cancelled with the new session is open again in the old one', async () => {
    await set('workout_sessions', to, 'cancelled');
    await set('workout_assignments', assignment, 'cancelled');
    await moveBack(done);
    expect(await now()).toMatchObject({ workout_session_id: from, status: 'assigned' });
  });

  it('what somebody cancelled stays cancelled', async () => {
    await set('workout_assignments', assignment, 'cancelled');
    await moveBack(done);
    expect(await now()).toMatchObject({ workout_session_id: to, status: 'cancelled' });
  });

  it('what was to be done in a session that is over now is cancelled', async () => {
    await set('workout_sessions', from, 'cancelled');
    await moveBack(done);
    expect(await now()).toMatchObject({ workout_session_id: from, status: 'cancelled' });
  });

  it('what somebody removed stays away', async () => {
    await context.dataSource.query(`DELETE FROM "workout_assignments" WHERE "id" = $1`, [assignment]);
    await moveBack(done);
    expect(await now()).toBeUndefined();
  });

  it('what came from a session that is gone is cancelled where it is', async () => {
    await context.dataSource.query(`DELETE FROM "workout_sessions" WHERE "id" = $1`, [from]);
    await moveBack(done);
    expect(await now()).toMatchObject({ workout_session_id: to, status: 'cancelled' });
  });
});

it.each([
  ['a team that was deleted', 'known_teams', () => toTeamId, 'TEAM_DELETED'],
  ['a player who was deleted', 'known_users', () => playerId, 'PLAYER_DELETED'],
])('refuses %s', async (_what, table, id, code) => {
  const names = table === 'known_users' ? ', "first_name" = NULL, "last_name" = NULL' : '';
  await context.dataSource.query(`UPDATE "${table}" SET "deleted_at" = now()${names} WHERE "id" = $1`, [
    id(),
  ]);
  await expect(move()).rejects.toMatchObject({ name: 'CommandRefusal', code });
});

it('cannot decide about a team that it has not heard of yet', async () => {
  toTeamId = uuidv7();
  await expect(move()).rejects.toMatchObject({ name: 'CommandPostponed' });
});
