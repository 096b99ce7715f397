import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createMigratedDatabase, createTestApp, type TestDatabase } from '../testing';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SpecimenModule } from '../testing/specimen/specimen.module';

const UNKNOWN_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

let database: TestDatabase;
let app: NestExpressApplication;
let lines: Record<string, unknown>[] = [];
let texts: string[] = [];

beforeAll(async () => {
  database = await createMigratedDatabase(specimenDatabase);
  app = await createTestApp(SpecimenModule, {
    service: 'specimen-service',
    database,
    config: { bodyLimit: '1kb', corsOrigins: ['https://app.example'] },
    log: {
      write: (line) => {
        texts.push(line);
        lines.push(JSON.parse(line) as Record<string, unknown>);
      },
    },
  });
});

beforeEach(() => {
  lines = [];
  texts = [];
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());
const newSquad = async (fields: object = {}) => {
  const response = await http()
    .post('/squads')
    .send({ name: `squad ${Math.random()}`, ...fields })
    .expect(201);
  return response.body as { id: string; name: string; version: number };
};

describe('a request that fails', () => {
  it('is answered with a problem document', async () => {
    const response = await http().get('/nowhere').expect(404);
    expect(response.type).toBe('application/problem+json');
    expect(response.body).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'NOT_FOUND',
      detail: 'Cannot GET /nowhere',
      instance: '/nowhere',
      requestId: response.headers['x-request-id'],
    });
  });

  it('lists every fault of its body, unknown and nested fields included', async () => {
    const response = await http()
      .post('/squads')
      .send({ size: 1.5, coaches: [{ firstName: 'Kim' }, { firstName: '', age: 7 }], isAdmin: true })
      .expect(400);
    expect(response.body).toMatchObject({ code: 'VALIDATION_FAILED', title: 'Validation failed' });
    expect(response.body.errors).toEqual([
      { field: 'isAdmin', detail: 'property isAdmin should not exist' },
      { field: 'name', detail: 'name should not be empty' },
      { field: 'name', detail: 'name must be a string' },
      { field: 'size', detail: 'size must be an integer number' },
      { field: 'coaches.1.age', detail: 'property age should not exist' },
      { field: 'coaches.1.firstName', detail: 'firstName should not be empty' },
    ]);
  });

  it.each([
    ['JSON that does not parse', '{"name":', 400, 'BAD_REQUEST'],
    ['a body above the limit', JSON.stringify({ name: 'x'.repeat(2000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('is told of %s', async (_what, body, status, code) => {
    const response = await http().post('/squads').type('json').send(body).expect(status);
    expect(response.type).toBe('application/problem+json');
    expect(response.body).toMatchObject({ status, code });
  });

  it.each([
    ['a list', '[]'],
    ['a list of bodies', '[{"name":"U14"}]'],
    ['nothing', ''],
  ])('hears that %s is not what is expected', async (_what, body) => {
    const response = await http().post('/squads').type('json').send(body).expect(400);
    expect(response.body.code).toBe('VALIDATION_FAILED');
    expect(response.body.errors.length).toBeGreaterThan(0);
  });

  it('hears 400 for a path and 415 for an encoding that cannot be read', async () => {
    expect((await http().get('/squads/%zz').expect(400)).type).toBe('application/problem+json');
    const encoded = await http()
      .post('/squads')
      .type('json')
      .set('content-encoding', 'rot13')
      .send('{}')
      .expect(415);
    expect(encoded.body).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('hears 404 for a row that is not there and 400 for an id that is none', async () => {
    expect((await http().get(`/squads/${UNKNOWN_ID}`).expect(404)).body).toMatchObject({ code: 'NOT_FOUND' });
    expect((await http().get('/squads/7').expect(400)).body).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('hears 409 when a unique rule is broken, by the name of the rule', async () => {
    const [{ id: clubId }] = (await insertClub()) as [{ id: string }];
    await newSquad({ name: 'U14', clubId });
    const response = await http().post('/squads').send({ name: 'U14', clubId }).expect(409);
    expect(response.body).toMatchObject({ code: 'ALREADY_EXISTS', constraint: 'uq_squads_club_id_name' });
    expect(JSON.stringify(response.body)).not.toContain('U14');
  });

  it('hears 422 when what it refers to does not exist, and 409 when it deletes what is referred to', async () => {
    const missing = await http().post('/squads').send({ name: 'a', clubId: UNKNOWN_ID }).expect(422);
    expect(missing.body).toMatchObject({ code: 'REFERENCE_NOT_FOUND', constraint: 'fk_squads_club_id' });
    const [{ id: clubId }] = (await insertClub()) as [{ id: string }];
    await newSquad({ clubId });
    const referred = await http().delete(`/squads/clubs/${clubId}`).expect(409);
    expect(referred.body).toMatchObject({ code: 'STILL_REFERENCED', constraint: 'fk_squads_club_id' });
  });

  it('hears 422 when a check is broken and 400 when the database cannot read a value', async () => {
    const check = await http().post('/squads').send({ name: 'a', size: -1 }).expect(422);
    expect(check.body).toMatchObject({ code: 'CHECK_FAILED', constraint: 'ck_squads_size' });
    const range = await http()
      .post('/squads')
      .send({ name: 'a', size: 2 ** 40 })
      .expect(400);
    expect(range.body).toMatchObject({ code: 'VALUE_NOT_ACCEPTED' });
    expect((await http().delete('/squads/clubs/seven').expect(400)).body).toMatchObject({
      code: 'VALUE_NOT_ACCEPTED',
    });
  });

  it('hears 409 when somebody else has changed the row', async () => {
    const { id, version } = await newSquad();
    await http().patch(`/squads/${id}`).send({ name: 'theirs', version }).expect(200);
    const response = await http().patch(`/squads/${id}`).send({ name: 'mine', version }).expect(409);
    expect(response.body).toMatchObject({ code: 'VERSION_CONFLICT' });
  });

  it('carries a problem of the service itself as it is', async () => {
    const response = await http().get('/squads/failures/own').expect(409);
    expect(response.body).toMatchObject({ code: 'SQUAD_FULL', detail: 'The squad is full.', limit: 25 });
  });

  it('learns nothing of the inside when nobody expected it, while the log does', async () => {
    const response = await http().get('/squads/failures/unexpected').expect(500);
    expect(response.body).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(response.text).not.toMatch(/swordfish|at .*\.ts/);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'request failed',
        requestId: response.headers['x-request-id'],
        err: expect.objectContaining({ message: 'the password of the database is swordfish' }),
      }),
    );
  });

  const insertClub = (): Promise<unknown> =>
    app.get(DataSource).query(`INSERT INTO clubs (name) VALUES ('club') RETURNING id`);
});

describe('the request id', () => {
  it("is the caller's when it is sane", async () => {
    const response = await http().get('/health/live').set('x-request-id', 'trace-7.a:b_c');
    expect(response.headers['x-request-id']).toBe('trace-7.a:b_c');
  });

  it.each(['', 'a b', '{"a":1}', 'x'.repeat(129)])('is made when the caller offers %j', async (offered) => {
    const response = await http().get('/health/live').set('x-request-id', offered);
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});

describe('the log', () => {
  it('has one line for a request, without secrets', async () => {
    await http()
      .get('/nowhere?page=2&refresh_token=hush-1')
      .set('Authorization', 'Bearer hush-2')
      .set('Cookie', 'session=hush-3')
      .set('x-request-id', 'r-1');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      service: 'specimen-service',
      msg: 'request completed',
      requestId: 'r-1',
      req: { method: 'GET', url: '/nowhere?page=2&refresh_token=[redacted]' },
      res: { status: 404 },
    });
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  it.each([
    ['answered', '/nowhere'],
    ['failed', '/squads/failures/unexpected'],
  ])('says nothing twice about a request that was %s', async (_how, path) => {
    await http().get(path).set('x-request-id', 'r-3');
    expect(texts).toHaveLength(1);
    for (const key of ['requestId', 'req', 'res', 'service', 'level', 'msg']) {
      expect([key, texts[0]!.split(`"${key}":`).length - 1]).toEqual([key, 1]);
    }
    expect(lines[0]).toMatchObject({ requestId: 'r-3', req: { url: path } });
  });

  it('names the request in the lines of a service, and hides their secrets too', async () => {
    await http().get('/squads/failures/own').set('x-request-id', 'r-2');
    expect(lines[0]).toMatchObject({
      level: 'warn',
      context: 'SquadsController',
      msg: 'the squad is full',
      requestId: 'r-2',
      data: [{ squad: 'U14', accessToken: '[redacted]' }],
    });
    expect(lines.map((line) => line['requestId'])).toEqual(['r-2', 'r-2']);
  });

  it('is not filled by health checks that pass', async () => {
    await http().get('/health/ready').expect(200);
    expect(lines).toEqual([]);
  });
});

it('sets security headers, and CORS for known origins alone', async () => {
  const known = await http().get('/health/live').set('Origin', 'https://app.example');
  expect(known.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': 'https://app.example',
  });
  expect(known.headers).not.toHaveProperty('x-powered-by');
  const unknown = await http().get('/health/live').set('Origin', 'https://evil.example');
  expect(unknown.headers).not.toHaveProperty('access-control-allow-origin');
});

it('serves its OpenAPI document, and a page to read it', async () => {
  const { body } = await http().get('/docs-json').expect(200);
  expect(body.info.title).toBe('Hockey Hub: Specimen Service');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/squads', '/health/live', '/health/ready']),
  );
  const page = await http().get('/docs').expect(200);
  expect(page.text).toContain('swagger-ui');
});
