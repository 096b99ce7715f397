import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, Repository } from 'typeorm';
import { Exercise } from '../entities/exercise';
import { WorkoutSession, WorkoutSessionStatus } from '../entities/workout-session';
import { prescribe } from '../exercises/prescribe';
import { cancelOpenWork } from './cancel-open-work';
import type { ChangeWorkoutSessionStatusDto } from './dto/change-workout-session-status.dto';
import type { CreateWorkoutSessionDto } from './dto/create-workout-session.dto';
import type { UpdateWorkoutSessionDto } from './dto/update-workout-session.dto';
import { WorkoutSessionResource } from './dto/workout-session.resource';
import { holdOpenSession, holdSession } from './hold-session';
import { SessionStateError } from './session-state-error';
import { WORKOUT_SESSION_LIFECYCLE } from './workout-session-lifecycle';
import { WORKOUT_SESSION_LIST } from './workout-session-list';

@Injectable()
export class WorkoutSessionsService {
  constructor(@InjectRepository(WorkoutSession) private readonly sessions: Repository<WorkoutSession>) {}

  async create({ exercises = [], ...session }: CreateWorkoutSessionDto): Promise<WorkoutSessionResource> {
    return this.sessions.manager.transaction(async (manager) => {
      const { id } = await manager.save(manager.create(WorkoutSession, { ...session }));
      await manager.insert(
        Exercise,
        exercises.map((exercise, index) => ({
          ...prescribe(exercise),
          workoutSessionId: id,
          position: index + 1,
        })),
      );
      return show(manager, id);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<WorkoutSessionResource>> {
    return listPage(query, this.sessions, WORKOUT_SESSION_LIST, WorkoutSessionResource);
  }

  /** @throws EntityNotFoundError */
  get(id: string): Promise<WorkoutSessionResource> {
    return show(this.sessions.manager, id);
  }

  /**
   * @throws EntityNotFoundError; SessionStateError when the session is over; OptimisticLockVersionMismatchError
   *   when `changes.version` is outdated.
   */
  async update(id: string, changes: UpdateWorkoutSessionDto): Promise<WorkoutSessionResource> {
    return this.sessions.manager.transaction(async (manager) => {
      const session = await holdOpenSession(manager, id);
      await manager.save(Object.assign(session, changes));
      return show(manager, id);
    });
  }

  /** @throws EntityNotFoundError; IllegalTransitionError; SessionStateError when the session has no time yet. */
  async changeStatus(id: string, { status }: ChangeWorkoutSessionStatusDto): Promise<WorkoutSessionResource> {
    return this.sessions.manager.transaction(async (manager) => {
      const session = await holdSession(manager, id);
      WORKOUT_SESSION_LIFECYCLE.assertTransition(session.status, status);
      if (status === WorkoutSessionStatus.Scheduled && !session.scheduledAt) {
        throw new SessionStateError('SESSION_WITHOUT_TIME', session.status);
      }
      await manager.save(Object.assign(session, { status }));
      if (status === WorkoutSessionStatus.Cancelled) await cancelOpenWork(manager, id);
      return show(manager, id);
    });
  }

  /** Takes exercises, assignments and loads of the draft along. @throws EntityNotFoundError; SessionStateError */
  async delete(id: string): Promise<void> {
    await this.sessions.manager.transaction(async (manager) => {
      const { status } = await holdSession(manager, id);
      if (status !== WorkoutSessionStatus.Draft) throw new SessionStateError('SESSION_NOT_DRAFT', status);
      await manager.delete(WorkoutSession, { id });
    });
  }
}

async function show(manager: EntityManager, id: string): Promise<WorkoutSessionResource> {
  const session = await manager.findOneOrFail(WorkoutSession, {
    where: { id },
    relations: { exercises: true },
    order: { exercises: { position: 'ASC' } },
  });
  return new WorkoutSessionResource(session);
}
