import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

const { http, create } = useApp();

async function family(fields: object = {}) {
  const parent = await create.user({ firstName: 'Rosa' });
  const child = await create.user({ firstName: 'Nino' });
  return { parentId: parent.id, childId: child.id, ...fields };
}

it('makes a user responsible for another one', async () => {
  const { parentId, childId } = await family();
  const { body } = await http().post('/guardianships').send({ parentId, childId }).expect(201);
  expect(body).toEqual({
    id: expect.any(String),
    parent: { id: parentId, firstName: 'Rosa', lastName: 'Keller' },
    child: { id: childId, firstName: 'Nino', lastName: 'Keller' },
    relationship: 'parent',
    isPrimaryContact: false,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  });
  await http().get(`/guardianships/${body.id}`).expect(200, body);
});

it('lists every fault at once', async () => {
  const { body } = await http()
    .post('/guardianships')
    .send({ parentId: 'x', relationship: 'fan', isPrimaryContact: 'yes', since: 2020 })
    .expect(400);
  expect(faultyFields(body)).toEqual(['childId', 'isPrimaryContact', 'parentId', 'relationship', 'since']);
});

it('refuses a child who is their own parent', async () => {
  const { parentId } = await family();
  const { body } = await http().post('/guardianships').send({ parentId, childId: parentId }).expect(400);
  expect(body.errors).toEqual([{ field: 'childId', detail: 'childId must not be the same as parentId' }]);
});

it('refuses the same pair twice', async () => {
  const pair = await family();
  await http().post('/guardianships').send(pair).expect(201);
  const { body } = await http().post('/guardianships').send(pair).expect(409);
  expect(body).toMatchObject({ constraint: 'uq_guardianships_parent_id_child_id' });
});

it.each(['parentId', 'childId'])('refuses a %s that does not exist', async (field) => {
  const pair = await family({ [field]: NOBODY });
  const { body } = await http().post('/guardianships').send(pair).expect(422);
  expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
});

it('changes what the parent is, but not who', async () => {
  const { body: created } = await http()
    .post('/guardianships')
    .send(await family())
    .expect(201);
  const path = `/guardianships/${created.id}`;
  const changes = { relationship: 'legal_guardian', isPrimaryContact: true };
  const { body } = await http().patch(path).send(changes).expect(200);
  expect(body).toEqual({ ...created, ...changes, updatedAt: expect.any(String) });
  const refused = await http().patch(path).send({ childId: NOBODY, relationship: null }).expect(400);
  expect(faultyFields(refused.body)).toEqual(['childId', 'relationship']);
});

it('finds the parents of a child and the children of a parent', async () => {
  const { parentId, childId } = await family();
  const { parentId: otherParent } = await family();
  for (const parent of [parentId, otherParent]) {
    await http().post('/guardianships').send({ parentId: parent, childId }).expect(201);
  }
  await http()
    .post('/guardianships')
    .send(await family({ parentId }))
    .expect(201);

  const parents = await http().get('/guardianships').query({ 'filter.childId': childId }).expect(200);
  expect(parents.body.data.map(({ parent }: { parent: { id: string } }) => parent.id).sort()).toEqual(
    [parentId, otherParent].sort(),
  );
  const children = await http().get('/guardianships').query({ 'filter.parentId': parentId }).expect(200);
  expect(children.body.meta.totalItems).toBe(2);
});

it('ends with a DELETE, once', async () => {
  const { body } = await http()
    .post('/guardianships')
    .send(await family())
    .expect(201);
  await http().delete(`/guardianships/${body.id}`).expect(204);
  await http().delete(`/guardianships/${body.id}`).expect(404);
});
