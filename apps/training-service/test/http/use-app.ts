import { useService, type Body, type ServiceContext } from '@hockey-hub/shared-lib/src/testing';
import { AppModule } from '../../src/app.module';
import { trainingDatabase } from '../../src/training-database';
import { makeKnown } from '../known';
import { exerciseTemplate, sessionTemplate, workoutSession } from './requests';

/** The training-service behind HTTP. */
export interface AppContext extends ServiceContext {
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
  const service = useService(AppModule, trainingDatabase);
  beforeAll(() => makeKnown(service.dataSource()));
  const { http, post } = service;
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
  return { ...service, create, move, scheduledSession };
}
