import { Outbox, type ClosedTeamMembership, type OpenTeamMembership } from '@hockey-hub/shared-lib';
import type { Columns } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { TeamMembershipCommands } from '../../src/command-handlers/team-membership-commands';
import { publishedOf } from '../events/published';
import { useCommands } from './use-commands';

const context = useCommands();
const { inTransaction, query } = context;
const commands = new TeamMembershipCommands(new Outbox('user-service'));

const LEFT_AT = '2026-11-23T12:00:00.000Z';
const BEFORE = '2026-01-01T00:00:00.000Z';
let [teamId, userId] = ['', ''];
beforeEach(async () => {
  [teamId, userId] = [await context.rows.team(), await context.rows.user()];
});

const member = (columns: Columns = {}) =>
  context.rows.teamMembership({ team_id: teamId, user_id: userId, joined_at: BEFORE, ...columns });
const close = (leftAt = LEFT_AT) =>
  inTransaction((manager) => commands.close({ teamId, userId, leftAt }, manager));
const reopen = (undone: ClosedTeamMembership) =>
  inTransaction((manager) => commands.reopen({ userId }, manager, { key: 'k', undone }));
const open = async (fields: Partial<OpenTeamMembership> = {}) => {
  const roleId = await context.rows.systemRole('player');
  const request = {
    teamId,
    userId,
    roleId,
    jerseyNumber: 9,
    position: 'center',
    joinedAt: LEFT_AT,
    ...fields,
  };
  return inTransaction((manager) => commands.open(request, manager));
};
const memberships = () =>
  query(
    `SELECT "team_id", "user_id", "role_id", "jersey_number", "position", "joined_at", "left_at", "created_at"
     FROM "team_memberships" WHERE "user_id" = $1 ORDER BY "joined_at", "id"`,
    userId,
  );

it('closes the membership that is open, tells of it, and opens it again as it was', async () => {
  await member({ joined_at: '2025-01-01T00:00:00Z', left_at: '2025-06-01T00:00:00Z' });
  const id = await member({ jersey_number: 7, position: 'goaltender' });
  const before = await memberships();
  const closed = await close();
  expect(closed).toMatchObject({ membershipId: id, position: 'goaltender', previousLeftAt: null });
  expect((await memberships())[1]).toMatchObject({ left_at: new Date(LEFT_AT), jersey_number: 7 });
  await reopen(closed);
  expect(await memberships()).toEqual(before);
  const told = await publishedOf(context.dataSource, id);
  expect(told.map(({ type, data }) => [type, data['leftAt']])).toEqual([
    ['user-service.team-membership.updated.v1', LEFT_AT],
    ['user-service.team-membership.updated.v1', null],
  ]);
});

it('keeps the end that a membership was to have', async () => {
  await member({ left_at: '2027-06-30T00:00:00Z' });
  const before = await memberships();
  const closed = await close();
  expect(closed.previousLeftAt).toBe('2027-06-30T00:00:00.000Z');
  await reopen(closed);
  expect(await memberships()).toEqual(before);
});

it.each([
  ['somebody who is not in the team', () => Promise.resolve(), 'NOT_IN_TEAM'],
  ['somebody who was', () => member({ left_at: '2026-06-30T00:00:00Z' }), 'NOT_IN_TEAM'],
  ['somebody who will be', () => member({ joined_at: '2027-01-01T00:00:00Z' }), 'NOT_IN_TEAM'],
  ['a coach', async () => member({ role_id: await context.rows.systemRole('coach') }), 'NOT_A_PLAYER'],
])('refuses to close the membership of %s', async (_who, given, code) => {
  await given();
  const before = await memberships();
  await expect(close()).rejects.toMatchObject({ name: 'CommandRefusal', code });
  expect(await memberships()).toEqual(before);
});

it('does not reopen what somebody removed, nor beside another one', async () => {
  await member();
  const closed = await close();
  await member({ joined_at: '2026-11-24T00:00:00Z' });
  await expect(reopen(closed)).rejects.toMatchObject({ code: 'ALREADY_IN_TEAM' });
  await query(`DELETE FROM "team_memberships" WHERE "id" = $1`, closed.membershipId);
  await reopen(closed);
  expect(await memberships()).toHaveLength(1);
});

it('opens a membership, and tells of it', async () => {
  const { membershipId } = await open();
  expect(await memberships()).toEqual([
    expect.objectContaining({
      jersey_number: 9,
      position: 'center',
      joined_at: new Date(LEFT_AT),
      left_at: null,
    }),
  ]);
  expect(await publishedOf(context.dataSource, membershipId)).toMatchObject([
    { type: 'user-service.team-membership.created.v1', data: { teamId, userId, leftAt: null } },
  ]);
});

it.each([
  ['nobody', () => Promise.resolve({ userId: uuidv7() }), 'PLAYER_NOT_FOUND'],
  ['a team that does not exist', () => Promise.resolve({ teamId: uuidv7() }), 'TEAM_NOT_FOUND'],
  [
    'a team that is over',
    async () => ({ teamId: await context.rows.team({ is_active: false }) }),
    'TEAM_OVER',
  ],
  ['a member', async () => ({ teamId, ...((await member()) && {}) }), 'ALREADY_IN_TEAM'],
  [
    'a member who leaves later',
    async () => ({ teamId, ...((await member({ left_at: '2027-01-01T00:00:00Z' })) && {}) }),
    'ALREADY_IN_TEAM',
  ],
])('refuses to open a membership for %s', async (_who, given, code) => {
  const fields = await given();
  await expect(open(fields)).rejects.toMatchObject({ name: 'CommandRefusal', code });
});
