import { faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownOrganization } from '../known';
import { sessionTemplate } from './requests';
import { useApp } from './use-app';

const { http, create, dataSource } = useApp();

const blockOf = (exerciseTemplateId: string) => ({ name: 'Main', exercises: [{ exerciseTemplateId }] });

describe('POST /session-templates', () => {
  it('keeps blocks with their exercises, and fills in what they leave out', async () => {
    const { id: exerciseTemplateId, organizationId } = await create.exerciseTemplate();
    const full = { exerciseTemplateId, sets: 3, reps: 8, restSeconds: 90, target: { percentOfMax: 82.5 } };
    const fields = { ...sessionTemplate(), organizationId };
    const { body } = await http()
      .post('/session-templates')
      .send({
        ...fields,
        blocks: [
          { name: 'Warm-up', exercises: [{ exerciseTemplateId }] },
          { name: 'Main', rounds: 2, exercises: [full] },
        ],
      })
      .expect(201);
    const bare = { exerciseTemplateId, sets: 1, reps: null, restSeconds: 0, target: {} };
    expect(body).toEqual({
      ...fields,
      blocks: [
        { name: 'Warm-up', rounds: 1, exercises: [bare] },
        { name: 'Main', rounds: 2, exercises: [full] },
      ],
      id: expect.any(String),
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/session-templates/${body.id}`).expect(200, body);
  });

  it('may be begun without blocks', async () => {
    expect(await create.sessionTemplate()).toMatchObject({ blocks: [], version: 1 });
  });

  it('lists every fault at once, with the path of each', async () => {
    const { body } = await http()
      .post('/session-templates')
      .send({
        organizationId: 'lions',
        name: '',
        category: 'dance',
        difficulty: 'insane',
        colour: 'red',
        blocks: [
          { name: 'Main', rounds: 0, exercises: [{ exerciseTemplateId: 'x', sets: 0, reps: 1.5 }] },
          { exercises: [], target: {} },
          { name: 'End', exercises: [{ exerciseTemplateId: NOBODY, target: { weightKg: -1, mood: 1 } }] },
        ],
      })
      .expect(400);
    expect(faultyFields(body)).toEqual([
      'blocks.0.exercises.0.exerciseTemplateId',
      'blocks.0.exercises.0.reps',
      'blocks.0.exercises.0.sets',
      'blocks.0.rounds',
      'blocks.1.exercises',
      'blocks.1.name',
      'blocks.1.target',
      'blocks.2.exercises.0.target.mood',
      'blocks.2.exercises.0.target.weightKg',
      'category',
      'colour',
      'difficulty',
      'name',
      'organizationId',
    ]);
  });

  it.each([[null], ['Main'], [{}], [[null]], [['Main']], [[[]]], [Array(21).fill(blockOf(NOBODY))]])(
    'refuses blocks: %j',
    async (blocks) => {
      const { body } = await http()
        .post('/session-templates')
        .send({ ...sessionTemplate(), blocks })
        .expect(400);
      expect(faultyFields(body)[0]).toMatch(/^blocks/);
    },
  );

  it("refuses exercises that do not exist and another club's", async () => {
    const { id: foreign } = await create.exerciseTemplate();
    const { body } = await http()
      .post('/session-templates')
      .send({ ...sessionTemplate(), blocks: [blockOf(foreign), blockOf(NOBODY)] })
      .expect(422);
    expect(body).toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      errors: [{ field: 'blocks', detail: `The club has no exercise templates ${foreign}, ${NOBODY}.` }],
    });
  });
});

describe('PATCH /session-templates/:id', () => {
  it('replaces the blocks as a whole', async () => {
    const { id: exerciseTemplateId, organizationId } = await create.exerciseTemplate();
    const before = await create.sessionTemplate({ organizationId, blocks: [blockOf(exerciseTemplateId)] });
    const { body } = await http()
      .patch(`/session-templates/${before.id}`)
      .send({ blocks: [], difficulty: 'elite', version: 1 })
      .expect(200);
    expect(body).toEqual({
      ...before,
      blocks: [],
      difficulty: 'elite',
      version: 2,
      updatedAt: expect.any(String),
    });
  });

  it('refuses an outdated version, and blocks with unknown exercises', async () => {
    const { id } = await create.sessionTemplate();
    await http().patch(`/session-templates/${id}`).send({ name: 'Week 2', version: 1 }).expect(200);
    await http().patch(`/session-templates/${id}`).send({ name: 'Week 3', version: 1 }).expect(409);
    await http()
      .patch(`/session-templates/${id}`)
      .send({ blocks: [blockOf(NOBODY)] })
      .expect(422);
    const { body } = await http().get(`/session-templates/${id}`).expect(200);
    expect(body).toMatchObject({ name: 'Week 2', version: 2, blocks: [] });
  });

  it.each([
    ['organizationId', NOBODY],
    ['blocks', null],
    ['name', null],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.sessionTemplate();
    const { body } = await http()
      .patch(`/session-templates/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });
});

it('an exercise is not removed while a session template with it is being written', async () => {
  const { id: exerciseTemplateId, organizationId } = await create.exerciseTemplate();
  const requests = Array.from({ length: 8 }, (_, index) =>
    index % 2 === 0
      ? http()
          .post('/session-templates')
          .send({ ...sessionTemplate(), organizationId, blocks: [blockOf(exerciseTemplateId)] })
      : http().delete(`/exercise-templates/${exerciseTemplateId}`),
  );
  await Promise.all(requests);

  // Whoever was first, no session template plans with an exercise that is gone.
  const dangling = await dataSource().query(
    `SELECT s.id FROM session_templates s
      WHERE s.blocks @> jsonb_build_array(jsonb_build_object('exercises', jsonb_build_array(jsonb_build_object('exerciseTemplateId', $1::text))))
        AND NOT EXISTS (SELECT FROM exercise_templates e WHERE e.id = $1::uuid)`,
    [exerciseTemplateId],
  );
  expect(dangling).toEqual([]);
});

describe('DELETE /session-templates/:id', () => {
  it('removes a template', async () => {
    const { id } = await create.sessionTemplate();
    await http().delete(`/session-templates/${id}`).expect(204);
    await http().delete(`/session-templates/${id}`).expect(404);
  });
});

describe('GET /session-templates', () => {
  it('filters, searches and sorts', async () => {
    const organizationId = knownOrganization();
    const easy = await create.sessionTemplate({ organizationId, name: 'Easy start', difficulty: 'beginner' });
    const hard = await create.sessionTemplate({ organizationId, name: 'Hell week', category: 'cardio' });
    const list = async (query: string) =>
      idsOf(
        (await http().get(`/session-templates?filter.organizationId=${organizationId}&${query}`).expect(200))
          .body.data,
      );
    expect(await list('')).toEqual([easy.id, hard.id]);
    expect(await list('sortBy=name:DESC')).toEqual([hard.id, easy.id]);
    expect(await list('filter.difficulty=beginner')).toEqual([easy.id]);
    expect(await list('filter.category=cardio')).toEqual([hard.id]);
    expect(await list('search=hell')).toEqual([hard.id]);
    expect(await list('limit=1&page=2')).toEqual([hard.id]);
  });
});
