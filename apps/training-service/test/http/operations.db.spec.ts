import { itReportsReadiness } from '@hockey-hub/shared-lib/src/testing';
import { AppModule } from '../../src/app.module';
import { trainingDatabase } from '../../src/training-database';
import { useApp } from './use-app';

const context = useApp();
const { http } = context;

itReportsReadiness(context, AppModule, trainingDatabase, ['InitialSchema']);

it('answers /docs, and describes every endpoint', async () => {
  await http().get('/docs').expect(200).expect('content-type', /html/);
  const { body } = await http().get('/docs-json').expect(200);
  const endpoints = Object.entries<Record<string, { summary?: string }>>(body.paths)
    .filter(([path]) => !/^\/(health|operations)/.test(path))
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
