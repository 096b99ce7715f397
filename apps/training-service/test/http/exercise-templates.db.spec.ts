import { faultyFields, idsOf, NOBODY } from '@hockey-hub/shared-lib/src/testing';
import { knownOrganization } from '../known';
import { exerciseTemplate } from './requests';
import { useApp } from './use-app';

const { http, create } = useApp();

describe('POST /exercise-templates', () => {
  it('adds an exercise with the defaults of the domain', async () => {
    const fields = exerciseTemplate();
    const { body } = await http()
      .post('/exercise-templates')
      .send({ ...fields, name: `  ${fields.name} ` })
      .expect(201);
    expect(body).toEqual({
      ...fields,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      muscleGroups: [],
      equipment: [],
      instructions: null,
      videoUrl: null,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    await http().get(`/exercise-templates/${body.id}`).expect(200, body);
  });

  it('keeps every field it is given', async () => {
    const fields = {
      ...exerciseTemplate(),
      muscleGroups: ['quadriceps', 'glutes'],
      equipment: ['kettlebell', 'mat'],
      instructions: 'Feet apart.\n\tBack straight.',
      videoUrl: 'https://video.example/squat',
    };
    const { body } = await http().post('/exercise-templates').send(fields).expect(201);
    expect(body).toMatchObject(fields);
  });

  it('lists every fault at once, unknown fields included', async () => {
    const { body, type } = await http()
      .post('/exercise-templates')
      .send({
        id: NOBODY,
        organizationId: 7,
        name: ' ',
        category: 'yoga',
        muscleGroups: 'core',
        equipment: [''],
        instructions: 7,
        videoUrl: 'javascript:alert(1)',
        version: 3,
      })
      .expect(400);
    expect(type).toBe('application/problem+json');
    expect(body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(faultyFields(body)).toEqual([
      'category',
      'equipment',
      'id',
      'instructions',
      'muscleGroups',
      'name',
      'organizationId',
      'version',
      'videoUrl',
    ]);
  });

  it.each([
    ['organizationId', undefined],
    ['organizationId', 'lions'],
    ['name', undefined],
    ['name', null],
    ['name', 'x'.repeat(151)],
    ['name', 'Goblet\u0000squat'],
    ['name', 'Goblet\nsquat'],
    ['category', undefined],
    ['muscleGroups', null],
    ['muscleGroups', ['tail']],
    ['muscleGroups', ['core', 'core']],
    ['equipment', null],
    ['equipment', 'bench'],
    ['equipment', [7]],
    ['equipment', ['x'.repeat(61)]],
    ['equipment', ['bench', ' bench ']],
    ['equipment', Array.from({ length: 21 }, (_, index) => `bench ${index}`)],
    ['instructions', ' '],
    ['instructions', 'x'.repeat(5001)],
    ['instructions', 'a\u0000b'],
    ['videoUrl', 'squat.mp4'],
    ['videoUrl', `https://video.example/${'x'.repeat(2048)}`],
  ])('refuses %s: %j', async (field, value) => {
    const { body } = await http()
      .post('/exercise-templates')
      .send({ ...exerciseTemplate(), [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses a name that the club has, and only that club', async () => {
    const { organizationId, name } = await create.exerciseTemplate();
    const { body } = await http()
      .post('/exercise-templates')
      .send({ ...exerciseTemplate(), organizationId, name })
      .expect(409);
    expect(body).toMatchObject({
      code: 'ALREADY_EXISTS',
      constraint: 'uq_exercise_templates_organization_id_name',
    });
    await create.exerciseTemplate({ name });
  });
});

describe('PATCH /exercise-templates/:id', () => {
  it('changes what it is given and leaves the rest', async () => {
    const before = await create.exerciseTemplate({ instructions: 'Slowly.', equipment: ['bench'] });
    const { body } = await http()
      .patch(`/exercise-templates/${before.id}`)
      .send({ category: 'power', instructions: null, version: 1 })
      .expect(200);
    expect(body).toEqual({
      ...before,
      category: 'power',
      instructions: null,
      version: 2,
      updatedAt: expect.any(String),
    });
    await http().get(`/exercise-templates/${before.id}`).expect(200, body);
  });

  it('refuses a change that was made from an outdated version', async () => {
    const { id, name } = await create.exerciseTemplate();
    await http().patch(`/exercise-templates/${id}`).send({ category: 'power', version: 1 }).expect(200);
    const { body } = await http()
      .patch(`/exercise-templates/${id}`)
      .send({ category: 'speed', version: 1 })
      .expect(409);
    expect(body).toMatchObject({ code: 'VERSION_CONFLICT' });
    const after = await http().get(`/exercise-templates/${id}`).expect(200);
    expect(after.body).toMatchObject({ name, category: 'power', version: 2 });
  });

  it.each([
    ['organizationId', NOBODY],
    ['name', null],
    ['muscleGroups', null],
    ['version', 0],
    ['colour', 'red'],
  ])('refuses %s: %j', async (field, value) => {
    const { id } = await create.exerciseTemplate();
    const { body } = await http()
      .patch(`/exercise-templates/${id}`)
      .send({ [field]: value })
      .expect(400);
    expect(faultyFields(body)).toEqual([field]);
  });

  it('refuses the name of another exercise of the club', async () => {
    const { organizationId, name } = await create.exerciseTemplate();
    const { id } = await create.exerciseTemplate({ organizationId });
    await http().patch(`/exercise-templates/${id}`).send({ name }).expect(409);
  });
});

describe('DELETE /exercise-templates/:id', () => {
  it('removes an exercise that nothing plans with', async () => {
    const { id } = await create.exerciseTemplate();
    await http().delete(`/exercise-templates/${id}`).expect(204);
    await http().get(`/exercise-templates/${id}`).expect(404);
  });

  it('keeps one that a session has', async () => {
    const { id } = await create.exerciseTemplate();
    await create.session({ exercises: [{ exerciseTemplateId: id }] });
    const { body } = await http().delete(`/exercise-templates/${id}`).expect(409);
    expect(body).toMatchObject({
      code: 'STILL_REFERENCED',
      constraint: 'fk_exercises_exercise_template_id',
    });
  });

  it('keeps one that a session template has, and names that', async () => {
    const { id, organizationId } = await create.exerciseTemplate();
    const blocks = [{ name: 'Main', exercises: [{ exerciseTemplateId: id.toUpperCase() }] }];
    await create.sessionTemplate({ organizationId, name: 'Week 1', blocks });
    const { body } = await http().delete(`/exercise-templates/${id.toUpperCase()}`).expect(409);
    expect(body).toMatchObject({
      code: 'STILL_REFERENCED',
      detail: 'Session templates still plan with this exercise: Week 1.',
    });
  });
});

describe('GET /exercise-templates', () => {
  const organizationId = knownOrganization();
  const ids: string[] = [];
  const list = async (query: string) => {
    const path = `/exercise-templates?filter.organizationId=${organizationId}&${query}`;
    return (await http().get(path).expect(200)).body;
  };

  beforeAll(async () => {
    const exercises = [
      { name: 'Box jump', category: 'power', muscleGroups: ['calves', 'quadriceps'], equipment: ['box'] },
      { name: 'Crossovers', category: 'skating', muscleGroups: ['adductors'], instructions: 'Low stance' },
      { name: 'Deadlift', category: 'strength', muscleGroups: ['back', 'glutes'], equipment: ['barbell'] },
    ];
    for (const exercise of exercises) {
      ids.push((await create.exerciseTemplate({ ...exercise, organizationId })).id);
    }
  });

  it('lists by name, a page at a time', async () => {
    const first = await list('limit=2');
    expect(idsOf(first.data)).toEqual(ids.slice(0, 2));
    expect(first.meta).toMatchObject({ totalItems: 3, totalPages: 2, currentPage: 1 });
    expect(idsOf((await list('limit=2&page=2')).data)).toEqual(ids.slice(2));
  });

  it.each([
    ['filter.category=$in:power,skating', [0, 1]],
    ['filter.muscleGroups=$contains:glutes', [2]],
    ['filter.muscleGroups=$contains:calves,quadriceps', [0]],
    ['filter.equipment=$contains:barbell', [2]],
    ['search=low', [1]],
    ['sortBy=name:DESC', [2, 1, 0]],
  ])('understands %s', async (query, expected) => {
    expect(idsOf((await list(query)).data)).toEqual(expected.map((index) => ids[index]));
  });

  it('refuses what it does not know', async () => {
    const { body } = await http()
      .get('/exercise-templates?filter.videoUrl=x&sortBy=instructions:ASC&colour=red')
      .expect(400);
    expect(faultyFields(body)).toEqual(['colour', 'filter.videoUrl', 'sortBy']);
    await http().get('/exercise-templates?filter.organizationId=lions').expect(400);
    await http().get('/exercise-templates?filter.category=yoga').expect(400);
  });
});

it.each([
  ['GET', 'get'],
  ['PATCH', 'patch'],
  ['DELETE', 'delete'],
] as const)('%s answers 404 for an unknown id and 400 for none', async (_name, method) => {
  const { body } = await http()[method](`/exercise-templates/${NOBODY}`).expect(404);
  expect(body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  await http()[method]('/exercise-templates/seven').expect(400);
});
