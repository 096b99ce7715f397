import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { team, useApp } from './use-app';

const { http, create, roleId } = useApp();

describe('POST /teams', () => {
  it('creates a team', async () => {
    const { id: organizationId } = await create.organization();
    const fields = { ...team(organizationId), ageGroup: 'U14', logoUrl: 'http://localhost/logo.png' };
    const { body } = await http().post('/teams').send(fields).expect(201);
    expect(body).toEqual({
      ...fields,
      id: expect.any(String),
      isActive: true,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/teams/${body.id}`).expect(200, body);
  });

  it('lists every fault at once', async () => {
    const { body } = await http()
      .post('/teams')
      .send({
        organizationId: 'x',
        name: '',
        teamType: 'x',
        ageGroup: '',
        season: '26/27',
        logoUrl: 'x',
        isActive: 1,
        coach: 'x',
      })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'ageGroup',
      'coach',
      'isActive',
      'logoUrl',
      'name',
      'organizationId',
      'season',
      'teamType',
    ]);
  });

  it('refuses a club that does not exist', async () => {
    const { body } = await http().post('/teams').send(team(NOBODY)).expect(422);
    expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', constraint: 'fk_teams_organization_id' });
  });

  it('refuses a second team of that name in the season, and takes it in the next', async () => {
    const { organizationId } = await create.team();
    const { body } = await http()
      .post('/teams')
      .send(team(String(organizationId)))
      .expect(409);
    expect(body).toMatchObject({ constraint: 'uq_teams_organization_id_name_season' });
    await create.team({ organizationId, season: '2027-2028' });
  });
});

describe('PATCH /teams/:id', () => {
  it('changes a team, from the current version alone', async () => {
    const { id } = await create.team({ ageGroup: 'U14' });
    const { body } = await http()
      .patch(`/teams/${id}`)
      .send({ ageGroup: null, isActive: false, version: 1 })
      .expect(200);
    expect(body).toMatchObject({ ageGroup: null, isActive: false, name: 'Lions', version: 2 });
    await http().patch(`/teams/${id}`).send({ name: 'Bears', version: 1 }).expect(409);
  });

  it('does not move a team to another club', async () => {
    const { id } = await create.team();
    const { body } = await http().patch(`/teams/${id}`).send({ organizationId: NOBODY }).expect(400);
    expect(faultyFields(body)).toEqual(['organizationId']);
  });

  it('is a 404 for a team that does not exist', () =>
    http().patch(`/teams/${NOBODY}`).send({ name: 'X' }).expect(404));
});

describe('DELETE /teams/:id', () => {
  it('removes a team that never had members', async () => {
    const { id } = await create.team();
    await http().delete(`/teams/${id}`).expect(204);
    await http().delete(`/teams/${id}`).expect(404);
  });

  it('refuses to remove a team that had members', async () => {
    const teamId = (await create.team()).id;
    const membership = { teamId, userId: (await create.user()).id, roleId: await roleId('player') };
    await http().post('/team-memberships').send(membership).expect(201);
    await http().delete(`/teams/${teamId}`).expect(409);
  });
});

describe('GET /teams', () => {
  it('finds the teams of a club in a season, of a kind, in the asked order', async () => {
    const { id: organizationId } = await create.organization();
    for (const [name, season, teamType] of [
      ['Alpha', '2026-2027', 'youth'],
      ['Bravo', '2026-2027', 'senior'],
      ['Charlie', '2026-2027', 'youth'],
      ['Delta', '2025-2026', 'youth'],
    ]) {
      await create.team({ organizationId, name, season, teamType });
    }
    await create.team({ name: 'Echo' });

    const { body } = await http()
      .get('/teams')
      .query({
        'filter.organizationId': organizationId,
        'filter.season': '$eq:2026-2027',
        'filter.teamType': '$in:youth,junior',
        sortBy: 'name:DESC',
      })
      .expect(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['Charlie', 'Alpha']);
    expect(body.meta).toMatchObject({
      totalItems: 2,
      sortBy: [
        ['name', 'DESC'],
        ['id', 'ASC'],
      ],
    });
  });
});
