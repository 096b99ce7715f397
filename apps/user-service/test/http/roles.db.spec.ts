import { NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

const { http, dataSource } = useApp();

interface Role {
  id: string;
  name: string;
  isSystem: boolean;
  permissions: string[];
}

const roles = async (): Promise<Map<string, Role>> => {
  const { body } = await http().get('/roles').expect(200);
  return new Map((body as Role[]).map((role) => [role.name, role]));
};

it('has the system roles of the domain, in alphabetical order', async () => {
  const { body } = await http().get('/roles').expect(200);
  expect(body.map(({ name }: Role) => name)).toEqual([
    'admin',
    'club_admin',
    'coach',
    'equipment_manager',
    'medical_staff',
    'parent',
    'physical_trainer',
    'player',
    'team_manager',
  ]);
  expect(body.every(({ isSystem }: Role) => isSystem)).toBe(true);
});

it('shows one role with its permissions', async () => {
  const coach = (await roles()).get('coach')!;
  const { body } = await http().get(`/roles/${coach.id}`).expect(200);
  expect(body).toEqual(coach);
  expect(body.permissions).toEqual([...body.permissions].sort());
  expect(body.permissions).toEqual(
    expect.arrayContaining(['training.session.manage', 'training.session.read']),
  );
  await http().get(`/roles/${NOBODY}`).expect(404);
});

it('gives each role what it needs and no more', async () => {
  const may = (role: Role | undefined, permission: string) => role!.permissions.includes(permission);
  const byName = await roles();
  const [{ count }] = (await dataSource().query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM permissions',
  )) as [{ count: number }];
  expect(byName.get('admin')!.permissions).toHaveLength(count);
  for (const role of byName.values()) {
    expect({ role: role.name, may: may(role, 'training.session.read') }).toEqual({
      role: role.name,
      may: true,
    });
    const founds = role.name === 'admin';
    expect({ role: role.name, may: may(role, 'user.organization.create') }).toEqual({
      role: role.name,
      may: founds,
    });
  }
  expect(may(byName.get('player'), 'training.execution.record')).toBe(true);
  expect(may(byName.get('player'), 'training.session.manage')).toBe(false);
  expect(may(byName.get('parent'), 'training.execution.record')).toBe(false);
  expect(may(byName.get('physical_trainer'), 'training.load.manage')).toBe(true);
  expect(may(byName.get('team_manager'), 'user.membership.manage')).toBe(true);
  expect(may(byName.get('club_admin'), 'user.team.manage')).toBe(true);
});

it.each(['post', 'put', 'patch', 'delete'] as const)('cannot be changed: %s', async (method) => {
  const { id } = (await roles()).get('coach')!;
  await http()
    [method](method === 'post' ? '/roles' : `/roles/${id}`)
    .send({ name: 'x' })
    .expect(404);
});
