import { createTestApp, createTestDatabase } from '@hockey-hub/shared-lib/src/testing';
import request from 'supertest';
import { AppModule } from '../../src/app.module';
import { useApp } from './use-app';

const { http } = useApp();

it('is live and ready on a migrated database', async () => {
  await http().get('/health/live').expect(200);
  const { body } = await http().get('/health/ready').expect(200);
  expect(body).toMatchObject({ status: 'ok' });
});

it('is live but not ready while migrations are pending, and names them', async () => {
  const empty = await createTestDatabase();
  try {
    const app = await createTestApp(AppModule, { database: empty, service: 'training-service' });
    try {
      await request(app.getHttpServer()).get('/health/live').expect(200);
      const { body } = await request(app.getHttpServer()).get('/health/ready').expect(503);
      expect(JSON.stringify(body)).toContain('InitialSchema');
    } finally {
      await app.close();
    }
  } finally {
    await empty.drop();
  }
});

it('answers /docs, and describes every endpoint', async () => {
  await http().get('/docs').expect(200).expect('content-type', /html/);
  const { body } = await http().get('/docs-json').expect(200);
  const endpoints = Object.entries<Record<string, { summary?: string }>>(body.paths)
    .filter(([path]) => !path.startsWith('/health'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => ({ path, method, summary })),
    );
  expect(endpoints.filter(({ summary }) => !summary)).toEqual([]);
  expect([...new Set(endpoints.map(({ path }) => path))].sort()).toEqual([
    '/exercise-templates',
    '/exercise-templates/{id}',
    '/player-workout-loads',
    '/player-workout-loads/{id}',
    '/session-templates',
    '/session-templates/{id}',
    '/workout-assignments',
    '/workout-assignments/{id}',
    '/workout-assignments/{id}/status',
    '/workout-executions',
    '/workout-executions/{executionId}/exercises/{exerciseId}',
    '/workout-executions/{id}',
    '/workout-executions/{id}/status',
    '/workout-sessions',
    '/workout-sessions/{id}',
    '/workout-sessions/{id}/status',
    '/workout-sessions/{sessionId}/exercises',
    '/workout-sessions/{sessionId}/exercises/order',
    '/workout-sessions/{sessionId}/exercises/{id}',
  ]);
});

it('describes every field of every body', async () => {
  const { body } = await http().get('/docs-json').expect(200);
  const schemas = Object.entries<{ properties?: Record<string, object> }>(body.components.schemas);
  const bare = schemas.flatMap(([name, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([, field]) => !['type', '$ref', 'allOf', 'enum', 'oneOf'].some((key) => key in field))
      .map(([field]) => `${name}.${field}`),
  );
  expect(bare).toEqual([]);
  expect(schemas.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'CreateWorkoutSessionDto',
      'WorkoutSessionResource',
      'PrescriptionDto',
      'ExerciseTargetDto',
    ]),
  );
});
