import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createMigratedDatabase, createTestApp, createTestDatabase, type TestDatabase } from '../testing';
import { CreateSquads1764000000000 } from '../testing/specimen/migrations';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SpecimenModule } from '../testing/specimen/specimen.module';

let database: TestDatabase;
let app: NestExpressApplication;

const start = async (made: Promise<TestDatabase>): Promise<void> => {
  database = await made;
  app = await createTestApp(SpecimenModule, { database });
};
const get = (path: string) => request(app.getHttpServer()).get(path);

afterEach(async () => {
  await app?.close();
  await database?.drop();
});

it('is ready when every migration has run', async () => {
  await start(createMigratedDatabase(specimenDatabase));
  const { body } = await get('/health/ready').expect(200);
  expect(body).toMatchObject({
    status: 'ok',
    checks: { database: { status: 'up' }, migrations: { status: 'up' } },
  });
});

it('is live but not ready while migrations are pending, names them, and becomes ready when they have run', async () => {
  await start(createMigratedDatabase({ ...specimenDatabase, migrations: [CreateSquads1764000000000] }));
  await get('/health/live').expect(200, { status: 'ok' });
  const response = await get('/health/ready').expect(503);
  expect(response.type).toBe('application/problem+json');
  expect(response.body).toMatchObject({
    code: 'NOT_READY',
    detail: 'Not up: migrations.',
    checks: {
      database: { status: 'up' },
      migrations: { status: 'down', pending: ['AddMotto1764000001000'] },
    },
  });

  await app.get(DataSource).runMigrations();
  await get('/health/ready').expect(200);
});

it('counts every migration as pending in an empty database, and leaves it empty', async () => {
  await start(createTestDatabase());
  const { body } = await get('/health/ready').expect(503);
  expect(body.checks.migrations.pending).toEqual(['CreateSquads1764000000000', 'AddMotto1764000001000']);
  expect(
    await app
      .get(DataSource)
      .query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
  ).toEqual([]);
});

it('is live but not ready when the database is gone, and does not say where it was', async () => {
  await start(createMigratedDatabase(specimenDatabase));
  await database.drop();
  await get('/health/live').expect(200);
  const { text, body } = await get('/health/ready').expect(503);
  expect(body.checks).toMatchObject({ database: { status: 'down' }, migrations: { status: 'down' } });
  expect(text).not.toContain(database.name);
});
