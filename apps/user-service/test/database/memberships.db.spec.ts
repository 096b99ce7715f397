import { itRefuses, NO_SUCH_VALUE, NOBODY, twice, useRows } from '@hockey-hub/shared-lib/src/testing';
import { userDatabase } from '../../src/user-database';
import { Rows } from './rows';

const context = useRows(userDatabase, Rows);

describe('the database itself refuses', () => {
  itRefuses(context, [
    ['two roles of one name', 'uq_roles_name', ({ rows }) => rows.role({ name: 'coach' })],
    ['a role name with a space', 'ck_roles_name', ({ rows }) => rows.role({ name: 'head coach' })],
    [
      'two permissions of one name',
      'uq_permissions_name',
      ({ rows }) => rows.insert('permissions', { name: 'user.team.read', description: '' }),
    ],
    [
      'a permission name of two parts',
      'ck_permissions_name',
      ({ rows }) => rows.insert('permissions', { name: 'team.read', description: '' }),
    ],
    [
      'the same grant twice',
      'uq_role_permissions_role_id_permission_id',
      ({ client }) =>
        client.query(
          'INSERT INTO role_permissions (role_id, permission_id) SELECT role_id, permission_id FROM role_permissions LIMIT 1',
        ),
    ],
    [
      'a grant of no permission',
      'fk_role_permissions_permission_id',
      async ({ rows }) =>
        rows.insert('role_permissions', { role_id: await rows.systemRole('coach'), permission_id: NOBODY }),
    ],
    [
      'removing a role that a member has',
      'fk_organization_memberships_role_id',
      async ({ client, rows }) => {
        await rows.organizationMembership();
        await client.query(`DELETE FROM roles WHERE name = 'player'`);
      },
    ],
    [
      'a second membership in a club',
      'uq_organization_memberships_user_id_organization_id',
      async ({ rows }) => {
        const columns = { user_id: await rows.user(), organization_id: await rows.organization() };
        await twice(() => rows.organizationMembership(columns));
      },
    ],
    [
      'a member who is nobody',
      'fk_organization_memberships_user_id',
      ({ rows }) => rows.organizationMembership({ user_id: NOBODY }),
    ],
    [
      'a membership of no club',
      'fk_organization_memberships_organization_id',
      ({ rows }) => rows.organizationMembership({ organization_id: NOBODY }),
    ],
    [
      'removing a club that has members',
      'fk_organization_memberships_organization_id',
      async ({ client, rows }) => {
        await rows.organizationMembership();
        await client.query('DELETE FROM organizations');
      },
    ],
    [
      'a second open membership in a team',
      'uq_team_memberships_open',
      async ({ rows }) => {
        const columns = { user_id: await rows.user(), team_id: await rows.team() };
        await twice(() => rows.teamMembership(columns));
      },
    ],
    [
      'a team member who is nobody',
      'fk_team_memberships_user_id',
      ({ rows }) => rows.teamMembership({ user_id: NOBODY }),
    ],
    [
      'a membership of no team',
      'fk_team_memberships_team_id',
      ({ rows }) => rows.teamMembership({ team_id: NOBODY }),
    ],
    [
      'a team member without a role',
      'fk_team_memberships_role_id',
      ({ rows }) => rows.teamMembership({ role_id: NOBODY }),
    ],
    [
      'the jersey number 0',
      'ck_team_memberships_jersey_number',
      ({ rows }) => rows.teamMembership({ jersey_number: 0 }),
    ],
    [
      'the jersey number 100',
      'ck_team_memberships_jersey_number',
      ({ rows }) => rows.teamMembership({ jersey_number: 100 }),
    ],
    [
      'leaving before joining',
      'ck_team_memberships_left_at',
      ({ rows }) =>
        rows.teamMembership({ joined_at: '2026-02-01T00:00:00Z', left_at: '2026-01-31T23:59:59Z' }),
    ],
    [
      'removing a team that had members',
      'fk_team_memberships_team_id',
      async ({ client, rows }) => {
        await rows.teamMembership();
        await client.query('DELETE FROM teams');
      },
    ],
    ['an unknown position', NO_SUCH_VALUE, ({ rows }) => rows.teamMembership({ position: 'bench' })],
  ]);
});

describe('the database itself accepts', () => {
  it('a new membership in a team after the old one was closed', async () => {
    const columns = { user_id: await context.rows.user(), team_id: await context.rows.team() };
    await context.rows.teamMembership({
      ...columns,
      joined_at: '2020-01-01T00:00:00Z',
      left_at: '2021-01-01T00:00:00Z',
    });
    await context.rows.teamMembership({
      ...columns,
      joined_at: '2021-01-01T00:00:00Z',
      left_at: '2022-01-01T00:00:00Z',
    });
    await context.rows.teamMembership(columns);
    expect(await context.rows.count('team_memberships')).toBe(3);
  });
});
