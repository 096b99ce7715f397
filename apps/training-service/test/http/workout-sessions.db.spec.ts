import { faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownTeam, knownUser } from '../known';
import { assignment, load, workoutSession } from './requests';
import { useApp } from './use-app';

const { http, create, move, scheduledSession } = useApp();
const EVENING = '2026-12-01T18:00:00.000Z';

describe('POST /workout-sessions', () => {
  it('plans a draft with the defaults of the domain', async () => {
    const fields = workoutSession();
    const { body } = await http().post('/workout-sessions').send(fields).expect(201);
    expect(body).toEqual({
      ...fields,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      status: 'draft',
      scheduledAt: null,
      durationMinutes: null,
      location: null,
      exercises: [],
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/workout-sessions/${body.id}`).expect(200, body);
  });

  it('keeps every field it is given, and the exercises in their order', async () => {
    const { id: exerciseTemplateId } = await create.exerciseTemplate();
    const fields = { ...workoutSession(), scheduledAt: EVENING, durationMinutes: 75, location: 'Gym 2' };
    const full = {
      exerciseTemplateId,
      sets: 4,
      reps: 6,
      restSeconds: 120,
      target: { weightKg: 60.5, rpe: 8 },
    };
    const timed = { exerciseTemplateId, target: { durationSeconds: 30 } };
    const { body } = await http()
      .post('/workout-sessions')
      .send({ ...fields, exercises: [full, timed] })
      .expect(201);
    expect(body).toMatchObject({
      ...fields,
      exercises: [
        { ...full, position: 1, workoutSessionId: body.id },
        { ...timed, position: 2, sets: 1, reps: null, restSeconds: 0 },
      ],
    });
  });

  it('lists every fault at once, with the path of each', async () => {
    const { body, type } = await http()
      .post('/workout-sessions')
      .send({
        teamId: 7,
        createdBy: 'me',
        title: ' ',
        type: 'dance',
        status: 'active',
        scheduledAt: 'tomorrow',
        durationMinutes: 0,
        location: 'x'.repeat(201),
        exercises: [{ exerciseTemplateId: 'x', position: 1, target: [] }],
      })
      .expect(400);
    expect(type).toBe('application/problem+json');
    expect(faultyFields(body)).toEqual([
      'createdBy',
      'durationMinutes',
      'exercises.0.exerciseTemplateId',
      'exercises.0.position',
      'exercises.0.target',
      'location',
      'scheduledAt',
      'status',
      'teamId',
      'title',
      'type',
    ]);
  });

  it.each([
    ['teamId', undefined],
    ['createdBy', null],
    ['title', undefined],
    ['title', 'x'.repeat(151)],
    ['type', null],
    ['scheduledAt', '2026-12-01'],
    ['scheduledAt', 1764612000000],
    ['scheduledAt', '2027-02-30T00:00:00Z'],
    ['durationMinutes', 601],
    ['durationMinutes', 7.5],
    ['durationMinutes', '60'],
    ['location', ' '],
    ['exercises', null],
    ['exercises', 'squats'],
    ['exercises', Array(101).fill({ exerciseTemplateId: NOBODY })],
  ])('refuses %s: %j', async (field, value) => {
    const { body } = await http()
      .post('/workout-sessions')
      .send({ ...workoutSession(), [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('plans nothing when one of the exercises does not exist', async () => {
    const teamId = knownTeam();
    const { id } = await create.exerciseTemplate();
    const { body } = await http()
      .post('/workout-sessions')
      .send({
        ...workoutSession(),
        teamId,
        exercises: [{ exerciseTemplateId: id }, { exerciseTemplateId: NOBODY }],
      })
      .expect(422);
    expect(body).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      constraint: 'fk_exercises_exercise_template_id',
    });
    const list = await http().get(`/workout-sessions?filter.teamId=${teamId}`).expect(200);
    expect(list.body.data).toEqual([]);
  });
});

describe('PATCH /workout-sessions/:id', () => {
  it('changes what it is given and leaves the rest', async () => {
    const before = await create.session({ location: 'Gym 2', durationMinutes: 60 });
    const { body } = await http()
      .patch(`/workout-sessions/${before.id}`)
      .send({ title: 'Core day', location: null, version: 1 })
      .expect(200);
    expect(body).toEqual({
      ...before,
      title: 'Core day',
      location: null,
      version: 2,
      updatedAt: expect.any(String),
    });
  });

  it('lets one of two simultaneous changes of a version win', async () => {
    const { id } = await create.session();
    const answers = await Promise.all(
      ['Morning', 'Evening'].map((title) =>
        http().patch(`/workout-sessions/${id}`).send({ title, version: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)!;
    await http().get(`/workout-sessions/${id}`).expect(200, winner.body);
  });

  it.each([
    ['teamId', NOBODY],
    ['createdBy', NOBODY],
    ['status', 'active'],
    ['exercises', []],
    ['title', null],
    ['durationMinutes', -1],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.session();
    const { body } = await http()
      .patch(`/workout-sessions/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('does not take the time from a scheduled session', async () => {
    const { id } = await scheduledSession();
    const { body } = await http().patch(`/workout-sessions/${id}`).send({ scheduledAt: null }).expect(422);
    expect(body).toMatchObject({ code: 'CHECK_FAILED', constraint: 'ck_workout_sessions_scheduled_at' });
  });

  it('does not change a session that is over', async () => {
    const { id } = await create.session();
    await move(`/workout-sessions/${id}`, 'cancelled');
    const { body } = await http().patch(`/workout-sessions/${id}`).send({ title: 'Core day' }).expect(409);
    expect(body).toMatchObject({ code: 'SESSION_CLOSED', sessionStatus: 'cancelled' });
  });
});

describe('DELETE /workout-sessions/:id', () => {
  it('removes a draft with all that belongs to it', async () => {
    const { id: exerciseTemplateId } = await create.exerciseTemplate();
    const { id } = await create.session({ exercises: [{ exerciseTemplateId }] });
    await http().post('/workout-assignments').send(assignment(id)).expect(201);
    await http().post('/player-workout-loads').send(load(id)).expect(201);
    await http().delete(`/workout-sessions/${id}`).expect(204);
    await http().get(`/workout-sessions/${id}`).expect(404);
    await http().delete(`/exercise-templates/${exerciseTemplateId}`).expect(204);
  });

  it('keeps a session that players know of', async () => {
    const { id } = await scheduledSession();
    const { body } = await http().delete(`/workout-sessions/${id}`).expect(409);
    expect(body).toMatchObject({ code: 'SESSION_NOT_DRAFT', sessionStatus: 'scheduled' });
  });
});

describe('GET /workout-sessions', () => {
  it('filters, searches, sorts and pages, without exercises', async () => {
    const teamId = knownTeam();
    const createdBy = knownUser();
    const plan = (fields: object) => create.session({ teamId, ...fields });
    const draft = await plan({ title: 'Some day', type: 'recovery', createdBy });
    const early = await plan({ title: 'Legs', scheduledAt: '2026-12-01T08:00:00Z', durationMinutes: 90 });
    const late = await plan({ title: 'Sprints', scheduledAt: '2026-12-08T08:00:00Z', location: 'Track' });
    await move(`/workout-sessions/${late.id}`, 'scheduled');

    const list = async (query: string) =>
      (await http().get(`/workout-sessions?filter.teamId=${teamId}&${query}`).expect(200)).body;
    const ids = async (query: string) => idsOf((await list(query)).data);
    expect(await ids('')).toEqual([late.id, early.id, draft.id]);
    expect(await ids('sortBy=scheduledAt:ASC')).toEqual([early.id, late.id, draft.id]);
    expect(await ids('sortBy=title:ASC&limit=1&page=2')).toEqual([draft.id]);
    expect(await ids('filter.status=scheduled')).toEqual([late.id]);
    expect(await ids('filter.type=recovery')).toEqual([draft.id]);
    expect(await ids(`filter.createdBy=${createdBy}`)).toEqual([draft.id]);
    expect(await ids('filter.scheduledAt=$btw:2026-12-01T00:00:00Z,2026-12-02T00:00:00Z')).toEqual([
      early.id,
    ]);
    expect(await ids('filter.scheduledAt=$null')).toEqual([draft.id]);
    expect(await ids('search=track')).toEqual([late.id]);
    expect((await list('limit=1')).data[0]).not.toHaveProperty('exercises');
  });

  it('refuses what it does not know', async () => {
    const { body } = await http()
      .get('/workout-sessions?filter.title=x&sortBy=location:ASC&limit=0')
      .expect(400);
    expect(faultyFields(body)).toEqual(['filter.title', 'limit', 'sortBy']);
  });
});

it('answers 404 for a session that does not exist, and 400 for an id that is none', async () => {
  const path = `/workout-sessions/${NOBODY}`;
  await http().get(path).expect(404);
  await http().patch(path).send({ title: 'x' }).expect(404);
  await http().put(`${path}/status`).send({ status: 'active' }).expect(404);
  await http().delete(path).expect(404);
  await http().get('/workout-sessions/seven').expect(400);
});
