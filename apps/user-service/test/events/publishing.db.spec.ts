import { type Body, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { user, useApp } from '../http/use-app';
import { countPublished, publishedOf } from './published';

const { http, dataSource, create, roleId } = useApp();
const DELETED = { deletedAt: expect.any(String) };

const published = (...ids: string[]) => publishedOf(dataSource(), ...ids);

async function join(fields: object = {}): Promise<{ id: string; teamId: string; userId: string }> {
  const ids = { teamId: (await create.team()).id, userId: (await create.user()).id, ...fields };
  const { body } = await http()
    .post('/team-memberships')
    .send({ ...ids, roleId: await roleId('player') })
    .expect(201);
  return { ...ids, id: (body as Body).id };
}

it('tells of a club from its founding to its end', async () => {
  const { id } = await create.organization({ name: 'IFK' });
  await http().patch(`/organizations/${id}`).send({ name: 'HIFK' }).expect(200);
  await http().delete(`/organizations/${id}`).expect(204);
  const type = (verb: string) => `user-service.organization.${verb}.v1`;
  expect(await published(id)).toEqual([
    { type: type('created'), aggregateId: id, sequence: 1, data: { name: 'IFK', isActive: true } },
    { type: type('updated'), aggregateId: id, sequence: 2, data: { name: 'HIFK', isActive: true } },
    { type: type('deleted'), aggregateId: id, sequence: 3, data: DELETED },
  ]);
});

it('tells of a team', async () => {
  const { id, organizationId } = await create.team({ name: 'U14' });
  await http().patch(`/teams/${id}`).send({ isActive: false }).expect(200);
  await http().delete(`/teams/${id}`).expect(204);
  const state = { organizationId, name: 'U14', season: '2026-2027' };
  const type = (verb: string) => `user-service.team.${verb}.v1`;
  expect(await published(id)).toEqual([
    { type: type('created'), aggregateId: id, sequence: 1, data: { ...state, isActive: true } },
    { type: type('updated'), aggregateId: id, sequence: 2, data: { ...state, isActive: false } },
    { type: type('deleted'), aggregateId: id, sequence: 3, data: DELETED },
  ]);
});

it('tells of a user, and nothing that is private', async () => {
  const fields = { ...user(), phone: '+41791234567', dateOfBirth: '2010-05-04' };
  const { id } = await create.user(fields);
  await http()
    .patch(`/users/${id}`)
    .send({ lastName: 'Frey', email: `new-${fields.email}` })
    .expect(200);
  await http().put(`/users/${id}/password`).send({ password: 'another long one' }).expect(204);
  await http().delete(`/users/${id}`).expect(204);
  const events = await published(id);
  const type = (verb: string) => `user-service.user.${verb}.v1`;
  expect(events).toEqual([
    { ...{ type: type('created'), aggregateId: id, sequence: 1 }, data: state('Mia', 'Keller') },
    { ...{ type: type('updated'), aggregateId: id, sequence: 2 }, data: state('Mia', 'Frey') },
    { type: type('deleted'), aggregateId: id, sequence: 3, data: DELETED },
  ]);
});

const state = (firstName: string, lastName: string) => ({ firstName, lastName, isActive: true });

it('tells of a membership: begun, ended, and taken back as a mistake', async () => {
  const { id, teamId, userId } = await join({ joinedAt: undefined });
  await http().patch(`/team-memberships/${id}`).send({ leftAt: '2100-01-01T00:00:00Z' }).expect(200);
  await http().delete(`/team-memberships/${id}`).expect(204);
  const begun = { teamId, userId, joinedAt: expect.stringMatching(/^\d{4}-.*Z$/) };
  const type = (verb: string) => `user-service.team-membership.${verb}.v1`;
  expect(await published(id)).toEqual([
    { ...{ type: type('created'), aggregateId: id, sequence: 1 }, data: { ...begun, leftAt: null } },
    {
      ...{ type: type('updated'), aggregateId: id, sequence: 2 },
      data: { ...begun, leftAt: '2100-01-01T00:00:00.000Z' },
    },
    { ...{ type: type('deleted'), aggregateId: id, sequence: 3 }, data: { teamId, userId, ...DELETED } },
  ]);
});

it('tells of the memberships that a deleted user takes along', async () => {
  const { id: userId } = await create.user();
  const memberships = [await join({ userId }), await join({ userId })];
  const other = await join();
  await http().delete(`/users/${userId}`).expect(204);
  const events = await published(userId, other.id, ...memberships.map(({ id }) => id));
  expect(events.filter(({ type }) => type.includes('.deleted.'))).toEqual([
    ...memberships.map(({ id, teamId }) => ({
      ...{ type: 'user-service.team-membership.deleted.v1', aggregateId: id, sequence: 2 },
      data: { teamId, userId, ...DELETED },
    })),
    { type: 'user-service.user.deleted.v1', aggregateId: userId, sequence: 2, data: DELETED },
  ]);
});

it('tells nothing of what was refused', async () => {
  const { id: organizationId } = await create.organization();
  const { id: teamId } = await create.team({ organizationId });
  const { email } = await create.user();
  const { id: membershipId, userId, teamId: joined } = await join();
  const before = await countPublished(dataSource());
  await http()
    .post('/users')
    .send({ ...user(), email })
    .expect(409);
  await http().patch(`/teams/${teamId}`).send({ name: 'Late', version: 7 }).expect(409);
  await http().delete(`/organizations/${organizationId}`).expect(409);
  await http().delete(`/teams/${joined}`).expect(409);
  await http()
    .post('/team-memberships')
    .send({ teamId: joined, userId, roleId: await roleId('player') })
    .expect(409);
  await http()
    .patch(`/team-memberships/${membershipId}`)
    .send({ leftAt: '1999-01-01T00:00:00Z' })
    .expect(422);
  for (const path of ['organizations', 'teams', 'users', 'team-memberships']) {
    await http().delete(`/${path}/${NOBODY}`).expect(404);
  }
  expect(await countPublished(dataSource())).toBe(before);
});

it('ends with the state that is stored, however many change it at once', async () => {
  const { id } = await join();
  const { id: userId } = await create.user();
  const changes = Array.from({ length: 8 }, (_, day) => ({ leftAt: `2100-01-0${day + 1}T00:00:00Z` }));
  const names = Array.from({ length: 8 }, (_, number) => ({ lastName: `Keller ${number}` }));
  await Promise.all([
    ...changes.map((change) => http().patch(`/team-memberships/${id}`).send(change).expect(200)),
    ...names.map((change) => http().patch(`/users/${userId}`).send(change).expect(200)),
    ...names.map(() => http().patch(`/users/${userId}`).send({}).expect(200)),
  ]);
  const membership = (await http().get(`/team-memberships/${id}`).expect(200)).body;
  expect((await published(id)).at(-1)?.data).toMatchObject({ leftAt: membership.leftAt });
  const { lastName } = (await http().get(`/users/${userId}`).expect(200)).body;
  expect((await published(userId)).at(-1)?.data).toMatchObject({ lastName });
});

it('never forgets the end of a membership that begins while its user is deleted', async () => {
  const role = await roleId('player');
  const { id: teamId } = await create.team();
  for (let round = 0; round < 8; round++) {
    const { id: userId } = await create.user();
    const [joined] = await Promise.all([
      http().post('/team-memberships').send({ teamId, userId, roleId: role }),
      http().delete(`/users/${userId}`).expect(204),
    ]);
    expect([201, 409, 422]).toContain(joined.status);
    if (joined.status !== 201) continue;
    const events = await published((joined.body as Body).id);
    expect(events.map(({ type }) => type.split('.')[2])).toEqual(['created', 'deleted']);
  }
});
