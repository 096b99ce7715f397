import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { organization, useApp } from './use-app';

const { http, create } = useApp();

describe('POST /organizations', () => {
  it('founds a club with the defaults of the domain', async () => {
    const { body } = await http()
      .post('/organizations')
      .send({ name: '  EHC Oberland ', subdomain: 'EHC-Oberland' })
      .expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: 'EHC Oberland',
      subdomain: 'ehc-oberland',
      logoUrl: null,
      primaryColor: null,
      secondaryColor: null,
      subscriptionTier: 'free',
      subscriptionExpiresAt: null,
      isActive: true,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/organizations/${body.id}`).expect(200, body);
  });

  it('keeps every field it is given', async () => {
    const fields = {
      ...organization(),
      logoUrl: 'https://cdn.example/logo.svg',
      primaryColor: '#0A64FF',
      secondaryColor: '#ffffff',
      subscriptionTier: 'premium',
      subscriptionExpiresAt: '2027-06-30T22:00:00.000Z',
      isActive: false,
    };
    const { body } = await http().post('/organizations').send(fields).expect(201);
    expect(body).toMatchObject({ ...fields, primaryColor: '#0a64ff' });
  });

  it('lists every fault at once, unknown fields included', async () => {
    const { body, type } = await http()
      .post('/organizations')
      .send({
        id: NOBODY,
        name: ' ',
        subdomain: '-lions',
        logoUrl: 'javascript:alert(1)',
        primaryColor: 'red',
        secondaryColor: 7,
        subscriptionTier: 'gold',
        subscriptionExpiresAt: 'tomorrow',
        isActive: 'yes',
        version: 3,
      })
      .expect(400);
    expect(type).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(faultyFields(body)).toEqual([
      'id',
      'isActive',
      'logoUrl',
      'name',
      'primaryColor',
      'secondaryColor',
      'subdomain',
      'subscriptionExpiresAt',
      'subscriptionTier',
      'version',
    ]);
  });

  it.each([
    ['name', 'x'.repeat(151)],
    ['name', null],
    ['name', 7],
    ['name', 'EHC\u0000Oberland'],
    ['name', undefined],
    ['subdomain', 'x'.repeat(64)],
    ['subdomain', 'a.b'],
    ['subdomain', null],
    ['logoUrl', 'logo.png'],
    ['logoUrl', `https://cdn.example/${'x'.repeat(2048)}`],
    ['subscriptionTier', null],
    ['subscriptionExpiresAt', '2027-02-30T00:00:00Z'],
    ['subscriptionExpiresAt', '2027-01-01'],
    ['subscriptionExpiresAt', 1735689600000],
    ['isActive', null],
  ])('refuses %s: %j', async (field, value) => {
    const { body } = await http()
      .post('/organizations')
      .send({ ...organization(), [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses a subdomain that is taken, whatever its case', async () => {
    const { subdomain } = await create.organization();
    const { body } = await http()
      .post('/organizations')
      .send({ ...organization(), subdomain: String(subdomain).toUpperCase() })
      .expect(409);
    expect(body).toMatchObject({ code: 'ALREADY_EXISTS', constraint: 'uq_organizations_subdomain' });
  });
});

describe('PATCH /organizations/:id', () => {
  it('changes what it is given and leaves the rest', async () => {
    const before = await create.organization({ primaryColor: '#000000' });
    const { body } = await http()
      .patch(`/organizations/${before.id}`)
      .send({ name: 'SC Unterland', primaryColor: null, version: 1 })
      .expect(200);
    expect(body).toEqual({
      ...before,
      name: 'SC Unterland',
      primaryColor: null,
      version: 2,
      updatedAt: expect.any(String),
    });
    await http().get(`/organizations/${before.id}`).expect(200, body);
  });

  it('refuses a change made from an old version, and keeps the newer one', async () => {
    const { id } = await create.organization();
    await http().patch(`/organizations/${id}`).send({ name: 'First', version: 1 }).expect(200);
    const { body } = await http()
      .patch(`/organizations/${id}`)
      .send({ name: 'Second', version: 1 })
      .expect(409);
    expect(body).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect((await http().get(`/organizations/${id}`)).body).toMatchObject({ name: 'First', version: 2 });
  });

  it('lets one of two simultaneous changes of the same version win', async () => {
    const { id } = await create.organization();
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((name) => http().patch(`/organizations/${id}`).send({ name, version: 1 })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await http().get(`/organizations/${id}`)).body).toMatchObject({ version: 2 });
  });

  it.each([
    ['name', null],
    ['subdomain', null],
    ['subscriptionTier', null],
    ['isActive', null],
    ['version', null],
    ['version', 0],
    ['version', '1'],
    ['createdAt', '2020-01-01T00:00:00Z'],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.organization();
    const { body } = await http()
      .patch(`/organizations/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses the subdomain of another club', async () => {
    const { subdomain } = await create.organization();
    const { id } = await create.organization();
    await http().patch(`/organizations/${id}`).send({ subdomain }).expect(409);
  });
});

describe('DELETE /organizations/:id', () => {
  it('removes an empty club', async () => {
    const { id } = await create.organization();
    await http().delete(`/organizations/${id}`).expect(204);
    await http().get(`/organizations/${id}`).expect(404);
  });

  it('refuses to remove a club that has teams', async () => {
    const { organizationId } = await create.team();
    const { body } = await http().delete(`/organizations/${organizationId}`).expect(409);
    expect(body).toMatchObject({ code: 'STILL_REFERENCED', constraint: 'fk_teams_organization_id' });
  });
});

describe('an id', () => {
  it.each(['get', 'patch', 'delete'] as const)('that nobody has is a 404: %s', async (method) => {
    const { body } = await http()
      [method](`/organizations/${NOBODY}`)
      .send(method === 'patch' ? { name: 'X' } : undefined)
      .expect(404);
    expect(body).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['get', 'patch', 'delete'] as const)('that is no UUID is a 400: %s', async (method) => {
    await http()[method]('/organizations/7').expect(400);
  });
});
