import { type Body, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';
import { UserEvents } from '../../src/event-handlers/user-events';
import { deleted } from '../events/received';
import { knownTeam, knownUser } from '../known';
import { assignment, execution, exerciseTemplate, load, sessionTemplate, workoutSession } from './requests';
import { useApp } from './use-app';

const { http, dataSource, create, scheduledSession } = useApp();

/** Every field of every path by which an id of the user-service comes in. */
const WAYS_IN: [path: string, field: string, noun: string, fields: () => Promise<object>][] = [
  ['/exercise-templates', 'organizationId', 'organization', async () => exerciseTemplate()],
  ['/session-templates', 'organizationId', 'organization', async () => sessionTemplate()],
  ['/workout-sessions', 'teamId', 'team', async () => workoutSession()],
  ['/workout-sessions', 'createdBy', 'user', async () => workoutSession()],
  ['/workout-assignments', 'playerId', 'user', async () => assignment((await create.session()).id)],
  [
    '/workout-assignments',
    'teamId',
    'team',
    async () => ({ workoutSessionId: (await create.session()).id, teamId: knownTeam() }),
  ],
  ['/workout-executions', 'playerId', 'user', async () => execution((await scheduledSession()).id)],
  ['/player-workout-loads', 'playerId', 'user', async () => load((await create.session()).id)],
];

describe.each(WAYS_IN)('POST %s, %s', (path, field, noun, fields) => {
  it('accepts what is known', async () => {
    await http()
      .post(path)
      .send(await fields())
      .expect(201);
  });

  it('refuses what is not known (yet), and says when to ask again', async () => {
    const { body, headers } = await http()
      .post(path)
      .send({ ...(await fields()), [field]: NOBODY })
      .expect(422);
    expect(body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', errors: [{ field }] });
    expect(body.detail).toContain(`The ${noun} ${NOBODY} is not known here`);
    expect(headers['retry-after']).toBe('1');
  });

  it('refuses what was deleted, for good', async () => {
    const id = uuidv7();
    await dataSource().query(
      `INSERT INTO "known_${noun}s" ("id", "sequence", "deleted_at") VALUES ($1, 2, now())`,
      [id],
    );
    const { body, headers } = await http()
      .post(path)
      .send({ ...(await fields()), [field]: id })
      .expect(422);
    expect(body).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      errors: [{ field, detail: `The ${noun} ${id} was deleted.` }],
    });
    expect(headers).not.toHaveProperty('retry-after');
  });
});

it('names everything that is not known at once', async () => {
  const { body } = await http()
    .post('/workout-sessions')
    .send({ ...workoutSession(), teamId: NOBODY, createdBy: NOBODY })
    .expect(422);
  expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['teamId', 'createdBy']);
});

describe('a player who is assigned a session', () => {
  const inTeam = async (leftAt: string | null, deletedAt: string | null = null) => {
    const [playerId, teamId] = [knownUser(), knownTeam()];
    await dataSource().query(
      `UPDATE "known_team_memberships" SET "left_at" = $3, "deleted_at" = $4 WHERE "user_id" = $1 AND "team_id" = $2`,
      [playerId, teamId, leftAt, deletedAt],
    );
    const { id: workoutSessionId } = await create.session({ teamId });
    return http().post('/workout-assignments').send({ workoutSessionId, playerId });
  };

  it('may be in the team for good, or for a while to come', async () => {
    expect((await inTeam(null)).status).toBe(201);
    expect((await inTeam('2100-01-01T00:00:00Z')).status).toBe(201);
  });

  it.each([
    ['has left it', '2026-01-01T00:00:00Z', null],
    ['never was in it', null, '2026-01-01T00:00:00Z'],
  ])('is refused who %s', async (_what, leftAt, deletedAt) => {
    const { status, body, headers } = await inTeam(leftAt, deletedAt);
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'PLAYER_NOT_IN_TEAM', 'playerId']);
    expect(headers['retry-after']).toBe('1');
  });

  it('may train along in a team that is not theirs', async () => {
    const playerId = knownUser();
    await dataSource().query(`DELETE FROM "known_team_memberships" WHERE "user_id" = $1`, [playerId]);
    const { id: workoutSessionId } = await scheduledSession();
    await http().post('/workout-executions').send({ workoutSessionId, playerId }).expect(201);
  });
});

it('leaves nothing open to a player who is deleted at that very moment', async () => {
  const users = new UserEvents();
  for (let round = 0; round < 10; round++) {
    const { id: workoutSessionId } = await scheduledSession();
    const playerId = knownUser();
    const [answer, prepared] = await Promise.all([
      http().post('/workout-assignments').send({ workoutSessionId, playerId }),
      http().post('/workout-executions').send({ workoutSessionId, playerId }),
      dataSource().transaction((manager) => users.deleted(deleted(playerId), manager)),
    ]);
    for (const [path, { status, body }] of [
      ['workout-assignments', answer],
      ['workout-executions', prepared],
    ] as const) {
      expect([201, 422]).toContain(status);
      if (status !== 201) continue;
      const found = (
        await http()
          .get(`/${path}/${(body as Body).id}`)
          .expect(200)
      ).body;
      expect(found.status).toBe('cancelled');
    }
  }
});
