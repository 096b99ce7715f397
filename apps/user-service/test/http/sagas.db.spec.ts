import { faultyFields, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { useApp } from './use-app';

/** Without NATS nothing is carried out; what is accepted waits. The whole of it is tested with both services at once. */
const { http, create, post, roleId } = useApp();

async function player() {
  const [from, to, user] = [await create.team(), await create.team(), await create.user()];
  const membership = { teamId: from.id, userId: user.id, roleId: await roleId('player') };
  await post('/team-memberships', membership);
  return { playerId: user.id, fromTeamId: from.id, toTeamId: to.id };
}

describe('POST /player-transfers', () => {
  it('accepts a transfer, and shows how far it is', async () => {
    const transfer = await player();
    const { body } = await http().post('/player-transfers').send(transfer).expect(202);
    expect(body).toEqual({
      ...{ id: expect.any(String), at: expect.any(String), ...transfer },
      ...{ state: 'running', reason: null, problem: null, result: null },
    });
    await http().get(`/player-transfers/${body.id}`).expect(200, body);
  });

  it('lists every fault at once', async () => {
    const { body } = await http()
      .post('/player-transfers')
      .send({
        playerId: 'x',
        fromTeamId: NOBODY,
        toTeamId: NOBODY,
        jerseyNumber: 100,
        position: 'x',
        at: 'now',
      })
      .expect(400);
    expect(faultyFields(body)).toEqual(['at', 'jerseyNumber', 'playerId', 'position', 'toTeamId']);
  });

  it('says at once what is plainly impossible', async () => {
    const transfer = await player();
    const unknown = await http()
      .post('/player-transfers')
      .send({ ...transfer, playerId: NOBODY, toTeamId: NOBODY })
      .expect(422);
    expect(unknown.body).toMatchObject({ code: 'REFERENCE_NOT_FOUND' });
    expect(faultyFields(unknown.body)).toEqual(['playerId', 'toTeamId']);
    const { id: playerId } = await create.user();
    const stranger = await http()
      .post('/player-transfers')
      .send({ ...transfer, playerId })
      .expect(409);
    expect(stranger.body).toMatchObject({ code: 'NOT_IN_TEAM' });
  });

  it('answers 404 for a transfer that is none', async () => {
    await http().get(`/player-transfers/${NOBODY}`).expect(404);
    const { id: userId } = await create.user();
    const { body } = await http().post('/user-erasures').send({ userId }).expect(202);
    await http().get(`/player-transfers/${body.id}`).expect(404);
  });
});

describe('POST /user-erasures', () => {
  it('accepts an erasure, once while it is under way', async () => {
    const { id: userId } = await create.user();
    const { body } = await http().post('/user-erasures').send({ userId }).expect(202);
    expect(body).toEqual({
      ...{ id: expect.any(String), createdAt: expect.any(String), updatedAt: expect.any(String) },
      ...{ state: 'running', completedAt: null, reason: null, problem: null, services: [] },
    });
    await http().get(`/user-erasures/${body.id}`).expect(200, body);
    const again = await Promise.all(
      Array.from({ length: 5 }, () => http().post('/user-erasures').send({ userId }).expect(202)),
    );
    expect(again.map((answer) => answer.body)).toEqual(again.map(() => body));
  });

  it('refuses nobody', async () => {
    const { body } = await http().post('/user-erasures').send({ userId: NOBODY }).expect(422);
    expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', errors: [{ field: 'userId' }] });
    await http().post('/user-erasures').send({}).expect(400);
    await http().get(`/user-erasures/${NOBODY}`).expect(404);
  });
});
