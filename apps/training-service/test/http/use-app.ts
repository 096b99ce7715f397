import { createMigratedDatabase, createTestApp, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { trainingDatabase } from '../../src/training-database';
import { exerciseTemplate, sessionTemplate, workoutSession } from './requests';

/** What a resource looks like to a client. */
export type Body = Record<string, unknown> & { id: string };

/** The service behind HTTP, on a migrated database of its own. */
export interface AppContext {
  readonly http: () => ReturnType<typeof request>;
  readonly dataSource: () => DataSource;
  /** POSTs a valid resource with the given differences, and returns it. */
  readonly create: Record<
    'exerciseTemplate' | 'sessionTemplate' | 'session',
    (fields?: object) => Promise<Body>
  >;
  /** Moves something through statuses, one after the other, and returns it. */
  readonly move: (path: string, ...statuses: string[]) => Promise<Body>;
  /** Creates a session that is scheduled; with exercises of one template when their number is given. */
  readonly scheduledSession: (exerciseCount?: number) => Promise<Body & { exercises: Body[] }>;
}

/** Registers the hooks; what is returned works once the first test has begun. */
export function useApp(): AppContext {
  let database: TestDatabase | undefined;
  let app: NestExpressApplication | undefined;

  beforeAll(async () => {
    database = await createMigratedDatabase(trainingDatabase);
    app = await createTestApp(AppModule, { database, service: 'training-service' });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const http = () => request(app!.getHttpServer());
  const post = async (path: string, fields: object): Promise<Body> =>
    (await http().post(path).send(fields).expect(201)).body as Body;
  const create = {
    exerciseTemplate: (fields = {}) => post('/exercise-templates', { ...exerciseTemplate(), ...fields }),
    sessionTemplate: (fields = {}) => post('/session-templates', { ...sessionTemplate(), ...fields }),
    session: (fields = {}) => post('/workout-sessions', { ...workoutSession(), ...fields }),
  };
  const move = async (path: string, ...statuses: string[]): Promise<Body> => {
    let body = {} as Body;
    for (const status of statuses)
      body = (await http().put(`${path}/status`).send({ status }).expect(200)).body;
    return body;
  };
  const scheduledSession = async (exerciseCount = 0): Promise<Body & { exercises: Body[] }> => {
    const exerciseTemplateId = exerciseCount > 0 ? (await create.exerciseTemplate()).id : undefined;
    const exercises = Array.from({ length: exerciseCount }, () => ({ exerciseTemplateId }));
    const { id } = await create.session({ scheduledAt: '2026-12-01T18:00:00Z', exercises });
    return (await move(`/workout-sessions/${id}`, 'scheduled')) as Body & { exercises: Body[] };
  };
  return { http, dataSource: () => app!.get(DataSource), create, move, scheduledSession };
}

/** The fields a 400 complains about, each once, in order. */
export function faultyFields(body: { errors?: { field: string }[] }): string[] {
  return [...new Set((body.errors ?? []).map(({ field }) => field))].sort();
}

/** The ids of a page or a list. */
export function idsOf(rows: readonly Body[]): string[] {
  return rows.map(({ id }) => id);
}
