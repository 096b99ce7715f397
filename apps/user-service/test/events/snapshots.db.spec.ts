import { NOBODY } from '@hockey-hub/shared-lib/src/testing';
import type { EntityManager } from 'typeorm';
import { Snapshots } from '../../src/snapshots/snapshots';
import { useApp } from '../http/use-app';
import { publishedOf } from './published';

const { http, dataSource, create, roleId } = useApp();
const snapshots = new Snapshots();
const manager = (): EntityManager => dataSource().manager;

it('says of every row what its newest event said', async () => {
  const { id: organizationId } = await create.organization();
  const { id: teamId } = await create.team({ organizationId });
  const { id: userId } = await create.user();
  const { body } = await http()
    .post('/team-memberships')
    .send({ teamId, userId, roleId: await roleId('player') })
    .expect(201);
  await http().patch(`/users/${userId}`).send({ firstName: 'Lea' }).expect(200);
  const read = {
    organizations: organizationId,
    teams: teamId,
    users: userId,
    teamMemberships: body.id as string,
  };
  for (const [kind, aggregateId] of Object.entries(read)) {
    const rows = await snapshots[kind as keyof typeof read](manager(), { ids: [aggregateId], limit: 10 });
    const { data } = (await publishedOf(dataSource(), aggregateId)).at(-1)!;
    expect([kind, rows]).toEqual([kind, [{ aggregateId, data }]]);
  }
});

it('gives all rows, page by page, by id', async () => {
  for (let count = 0; count < 5; count++) await create.user();
  const seen: string[] = [];
  for (;;) {
    const page = await snapshots.users(manager(), { after: seen.at(-1), limit: 2 });
    if (page.length === 0) break;
    expect(page.length).toBeLessThanOrEqual(2);
    seen.push(...page.map(({ aggregateId }) => aggregateId));
  }
  const all = await dataSource().query<{ id: string }[]>('SELECT "id" FROM "users" ORDER BY "id"');
  expect(seen).toEqual(all.map(({ id }) => id));
});

it('leaves out what is not there', async () => {
  const { id } = await create.user();
  const page = await snapshots.users(manager(), { ids: [id, NOBODY], limit: 10 });
  expect(page.map(({ aggregateId }) => aggregateId)).toEqual([id]);
});
