import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

const { http, create, roleId } = useApp();

async function organizationMember(fields: object = {}) {
  return {
    userId: (await create.user()).id,
    organizationId: (await create.organization()).id,
    roleId: await roleId('coach'),
    ...fields,
  };
}

async function teamMember(fields: object = {}) {
  return {
    userId: (await create.user()).id,
    teamId: (await create.team()).id,
    roleId: await roleId('player'),
    ...fields,
  };
}

describe('/organization-memberships', () => {
  it('makes a user a member, with a role, from now on', async () => {
    const { userId, ...member } = await organizationMember();
    const before = Date.now();
    const { body } = await http()
      .post('/organization-memberships')
      .send({ userId, ...member })
      .expect(201);
    expect(body).toEqual({
      ...member,
      id: expect.any(String),
      user: { id: userId, firstName: 'Mia', lastName: 'Keller' },
      roleName: 'coach',
      joinedAt: expect.any(String),
      isActive: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(Math.abs(Date.parse(body.joinedAt) - before)).toBeLessThan(60_000);
    await http().get(`/organization-memberships/${body.id}`).expect(200, body);
  });

  it('takes one membership per user and club', async () => {
    const member = await organizationMember();
    await http().post('/organization-memberships').send(member).expect(201);
    const { body } = await http().post('/organization-memberships').send(member).expect(409);
    expect(body).toMatchObject({ constraint: 'uq_organization_memberships_user_id_organization_id' });
  });

  it.each([
    ['userId', 'fk_organization_memberships_user_id'],
    ['organizationId', 'fk_organization_memberships_organization_id'],
    ['roleId', 'fk_organization_memberships_role_id'],
  ])('refuses a %s that does not exist', async (field, constraint) => {
    const member = await organizationMember({ [field]: NOBODY });
    const { body } = await http().post('/organization-memberships').send(member).expect(422);
    expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', constraint });
  });

  it('lists every fault at once', async () => {
    const { body } = await http()
      .post('/organization-memberships')
      .send({ userId: 7, organizationId: 'x', joinedAt: '2026', isActive: null, roleName: 'coach' })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'isActive',
      'joinedAt',
      'organizationId',
      'roleId',
      'roleName',
      'userId',
    ]);
  });

  it('changes the role and ends a membership, for the same user and club', async () => {
    const created = await http()
      .post('/organization-memberships')
      .send(await organizationMember())
      .expect(201);
    const path = `/organization-memberships/${created.body.id}`;
    const changes = { roleId: await roleId('club_admin'), isActive: false };
    const { body } = await http().patch(path).send(changes).expect(200);
    expect(body).toMatchObject({ ...changes, roleName: 'club_admin', user: created.body.user });
    const refused = await http().patch(path).send({ userId: NOBODY, organizationId: NOBODY }).expect(400);
    expect(faultyFields(refused.body)).toEqual(['organizationId', 'userId']);
    await http().patch(path).send({ roleId: NOBODY }).expect(422);
    await http().delete(path).expect(204);
    await http().get(path).expect(404);
  });

  it('lists the members of a club by name and role', async () => {
    const { id: organizationId } = await create.organization();
    for (const [lastName, role] of [
      ['Zeller', 'coach'],
      ['Amrein', 'player'],
      ['Moser', 'player'],
    ] as const) {
      const userId = (await create.user({ lastName })).id;
      const member = await organizationMember({ organizationId, userId, roleId: await roleId(role) });
      await http().post('/organization-memberships').send(member).expect(201);
    }
    const list = async (query: object) => {
      const { body } = await http()
        .get('/organization-memberships')
        .query({ 'filter.organizationId': organizationId, sortBy: 'user.lastName:ASC', ...query })
        .expect(200);
      return body.data.map(({ user }: { user: { lastName: string } }) => user.lastName);
    };
    expect(await list({})).toEqual(['Amrein', 'Moser', 'Zeller']);
    expect(await list({ 'filter.role.name': 'player' })).toEqual(['Amrein', 'Moser']);
    expect(await list({ search: 'MOS' })).toEqual(['Moser']);
    expect(await list({ 'filter.isActive': 'false' })).toEqual([]);
  });
});

describe('/team-memberships', () => {
  it('adds a player to a team', async () => {
    const { userId, ...member } = await teamMember({
      jerseyNumber: 99,
      position: 'left_wing',
      joinedAt: '2026-08-01T00:00:00.000Z',
    });
    const { body } = await http()
      .post('/team-memberships')
      .send({ userId, ...member })
      .expect(201);
    expect(body).toEqual({
      ...member,
      id: expect.any(String),
      user: { id: userId, firstName: 'Mia', lastName: 'Keller' },
      roleName: 'player',
      leftAt: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/team-memberships/${body.id}`).expect(200, body);
  });

  it('takes one open membership per team and user, and another one when it is closed', async () => {
    const member = await teamMember();
    const first = await http().post('/team-memberships').send(member).expect(201);
    const { body } = await http().post('/team-memberships').send(member).expect(409);
    expect(body).toMatchObject({ constraint: 'uq_team_memberships_open' });

    const path = `/team-memberships/${first.body.id}`;
    await http()
      .patch(path)
      .send({ leftAt: new Date(Date.now() + 60_000).toISOString() })
      .expect(200);
    await http().post('/team-memberships').send(member).expect(201);
    await http().patch(path).send({ leftAt: null }).expect(409);
  });

  it.each([
    ['userId', 'fk_team_memberships_user_id'],
    ['teamId', 'fk_team_memberships_team_id'],
    ['roleId', 'fk_team_memberships_role_id'],
  ])('refuses a %s that does not exist', async (field, constraint) => {
    const member = await teamMember({ [field]: NOBODY });
    const { body } = await http().post('/team-memberships').send(member).expect(422);
    expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', constraint });
  });

  it('lists every fault at once', async () => {
    const { body } = await http()
      .post('/team-memberships')
      .send({
        teamId: 'x',
        userId: null,
        jerseyNumber: 100,
        position: 'bench',
        joinedAt: '2026-08-02T00:00:00Z',
        leftAt: '2026-08-01T00:00:00Z',
        captain: true,
      })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'captain',
      'jerseyNumber',
      'leftAt',
      'position',
      'roleId',
      'teamId',
      'userId',
    ]);
  });

  it('refuses to end a membership before it began', async () => {
    const member = await teamMember({ joinedAt: '2026-08-01T00:00:00Z' });
    const { body: created } = await http().post('/team-memberships').send(member).expect(201);
    const { body } = await http()
      .patch(`/team-memberships/${created.id}`)
      .send({ leftAt: '2026-07-31T00:00:00Z' })
      .expect(422);
    expect(body).toMatchObject({ code: 'CHECK_FAILED', constraint: 'ck_team_memberships_left_at' });
  });

  it('lists the roster of a team by number, and who has left', async () => {
    const { id: teamId } = await create.team();
    for (const [jerseyNumber, leftAt] of [
      [17, null],
      [4, null],
      [9, '2100-01-01T00:00:00Z'],
    ] as const) {
      await http()
        .post('/team-memberships')
        .send(await teamMember({ teamId, jerseyNumber, leftAt }))
        .expect(201);
    }
    const numbers = async (query: object) => {
      const { body } = await http()
        .get('/team-memberships')
        .query({ 'filter.teamId': teamId, sortBy: 'jerseyNumber:ASC', ...query })
        .expect(200);
      return body.data.map((member: { jerseyNumber: number }) => member.jerseyNumber);
    };
    expect(await numbers({ 'filter.leftAt': '$null' })).toEqual([4, 17]);
    expect(await numbers({ 'filter.leftAt': '$not:$null' })).toEqual([9]);
    expect(await numbers({})).toEqual([4, 9, 17]);
  });

  it('removes a membership that was a mistake', async () => {
    const { body } = await http()
      .post('/team-memberships')
      .send(await teamMember())
      .expect(201);
    await http().delete(`/team-memberships/${body.id}`).expect(204);
    await http().delete(`/team-memberships/${body.id}`).expect(404);
    await http().patch(`/team-memberships/${body.id}`).send({ jerseyNumber: 1 }).expect(404);
  });
});
