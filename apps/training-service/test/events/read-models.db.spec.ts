import type { SnapshotItem, TeamMembershipState } from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { deleted, DELETED_AT, received } from './received';
import { useHandlers } from './use-handlers';

const context = useHandlers();
const { inTransaction, row, organizations, teams, users, memberships } = context;

const GONE = new Date(DELETED_AT);
const CLUB = { name: 'IFK', isActive: true };
const TEAM = { organizationId: uuidv7(), name: 'U14', season: '2026-2027', isActive: true };
const USER = { firstName: 'Mia', lastName: 'Keller', isActive: true };
const membership = (): TeamMembershipState => ({
  ...{ teamId: uuidv7(), userId: uuidv7(), joinedAt: '2026-09-01T00:00:00.000Z', leftAt: null },
});

describe('what is known of a club', () => {
  it('follows its events, and stays as a tombstone', async () => {
    const id = uuidv7();
    await inTransaction((manager) => organizations.created(received(id, 1, CLUB), manager));
    expect(await row('known_organizations', id)).toMatchObject({ name: 'IFK', sequence: '1' });
    await inTransaction((manager) =>
      organizations.updated(received(id, 2, { ...CLUB, name: 'HIFK' }), manager),
    );
    expect(await row('known_organizations', id)).toMatchObject({ name: 'HIFK', sequence: '2' });
    await inTransaction((manager) => organizations.deleted(deleted(id, 3), manager));
    expect(await row('known_organizations', id)).toMatchObject({ name: 'HIFK', deleted_at: GONE });
  });
});

describe('what is known of a team', () => {
  it('follows its events, and stays as a tombstone', async () => {
    const id = uuidv7();
    await inTransaction((manager) => teams.created(received(id, 1, TEAM), manager));
    expect(await row('known_teams', id)).toMatchObject({
      ...{ organization_id: TEAM.organizationId, name: 'U14', season: '2026-2027', sequence: '1' },
    });
    await inTransaction((manager) => teams.updated(received(id, 2, { ...TEAM, name: 'U15' }), manager));
    expect(await row('known_teams', id)).toMatchObject({ name: 'U15', sequence: '2' });
    await inTransaction((manager) => teams.deleted(deleted(id, 3), manager));
    expect(await row('known_teams', id)).toMatchObject({ name: 'U15', deleted_at: GONE });
  });
});

describe('what is known of a user', () => {
  it('follows their events, and of who is gone nothing is known but that', async () => {
    const id = uuidv7();
    await inTransaction((manager) => users.created(received(id, 1, USER), manager));
    expect(await row('known_users', id)).toMatchObject({ first_name: 'Mia', last_name: 'Keller' });
    await inTransaction((manager) => users.updated(received(id, 2, { ...USER, lastName: 'Frey' }), manager));
    expect(await row('known_users', id)).toMatchObject({ first_name: 'Mia', last_name: 'Frey' });
    await inTransaction((manager) => users.deleted(deleted(id, 3), manager));
    expect(await row('known_users', id)).toMatchObject({
      ...{ first_name: null, last_name: null, deleted_at: GONE, sequence: '3' },
    });
  });

  it('is not changed by older news, which cannot wake the dead either', async () => {
    const id = uuidv7();
    await inTransaction((manager) => users.created(received(id, 5, USER), manager));
    await inTransaction((manager) => users.updated(received(id, 4, { ...USER, lastName: 'Old' }), manager));
    expect(await row('known_users', id)).toMatchObject({ last_name: 'Keller', sequence: '5' });
    await inTransaction((manager) => users.deleted(deleted(id, 7), manager));
    await inTransaction((manager) => users.updated(received(id, 6, USER), manager));
    expect(await row('known_users', id)).toMatchObject({ last_name: null, deleted_at: GONE });
  });
});

describe('what is known of a membership', () => {
  it('follows its events, and stays as a tombstone', async () => {
    const id = uuidv7();
    const state = membership();
    await inTransaction((manager) => memberships.created(received(id, 1, state), manager));
    expect(await row('known_team_memberships', id)).toMatchObject({
      ...{ team_id: state.teamId, user_id: state.userId, left_at: null },
      joined_at: new Date(state.joinedAt),
    });
    const leftAt = '2026-12-01T00:00:00.000Z';
    await inTransaction((manager) => memberships.updated(received(id, 2, { ...state, leftAt }), manager));
    expect(await row('known_team_memberships', id)).toMatchObject({ left_at: new Date(leftAt) });
    const { teamId, userId } = state;
    const end = received(id, 3, { teamId, userId, deletedAt: DELETED_AT });
    await inTransaction((manager) => memberships.deleted(end, manager));
    expect(await row('known_team_memberships', id)).toMatchObject({ deleted_at: GONE, sequence: '3' });
  });
});

describe('a snapshot', () => {
  type Take = (item: SnapshotItem<never>, manager: EntityManager) => Promise<void>;
  const kinds: [string, object, Take][] = [
    ['known_organizations', CLUB, (item, manager) => organizations.snapshot(item, manager)],
    ['known_teams', TEAM, (item, manager) => teams.snapshot(item, manager)],
    ['known_users', USER, (item, manager) => users.snapshot(item, manager)],
    ['known_team_memberships', membership(), (item, manager) => memberships.snapshot(item, manager)],
  ];

  it.each(kinds)('fills %s, and buries what is gone', async (table, data, take) => {
    const id = uuidv7();
    const item = (sequence: number, state: object | null) =>
      ({ aggregateId: id, sequence, data: state }) as SnapshotItem<never>;
    await inTransaction((manager) => take(item(0, data), manager));
    expect(await row(table, id)).toMatchObject({ sequence: '0', deleted_at: null });
    await inTransaction((manager) => take(item(3, null), manager));
    expect(await row(table, id)).toMatchObject({ sequence: '3', deleted_at: expect.any(Date) });
    await inTransaction((manager) => take(item(2, data), manager));
    expect(await row(table, id)).toMatchObject({ sequence: '3', deleted_at: expect.any(Date) });
  });

  it.each(kinds.slice(0, 3))(
    'leaves a tombstone in %s of what was gone before it was known',
    async (table, _data, take) => {
      const id = uuidv7();
      await inTransaction((manager) => take({ aggregateId: id, sequence: 3, data: null }, manager));
      expect(await row(table, id)).toMatchObject({ sequence: '3', deleted_at: expect.any(Date) });
    },
  );

  it('says nothing of a membership that was gone before it was known', async () => {
    const id = uuidv7();
    await inTransaction((manager) =>
      memberships.snapshot({ aggregateId: id, sequence: 3, data: null }, manager),
    );
    expect(await row('known_team_memberships', id)).toBeUndefined();
  });
});
