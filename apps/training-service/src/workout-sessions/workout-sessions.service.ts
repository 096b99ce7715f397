import {
  listPage,
  Outbox,
  WORKOUT_SESSION_CREATED,
  WORKOUT_SESSION_DELETED,
  WORKOUT_SESSION_UPDATED,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, Repository } from 'typeorm';
import { Exercise } from '../entities/exercise';
import { WorkoutSession, WorkoutSessionStatus } from '../entities/workout-session';
import { prescribe } from '../exercises/prescribe';
import { holdReferences } from '../known/hold-references';
import { workoutSessionState } from '../publishing/workout-session-state';
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
  constructor(
    @InjectRepository(WorkoutSession) private readonly sessions: Repository<WorkoutSession>,
    private readonly outbox: Outbox,
  ) {}

  /** @throws NotKnownError when the team or the user who plans it is not known. */
  async create({ exercises = [], ...session }: CreateWorkoutSessionDto): Promise<WorkoutSessionResource> {
    return this.sessions.manager.transaction(async (manager) => {
      await holdReferences(manager, WorkoutSession, session);
      const created = await manager.save(manager.create(WorkoutSession, { ...session }));
      const { id } = created;
      await manager.insert(
        Exercise,
        exercises.map((exercise, index) => ({
          ...prescribe(exercise),
          workoutSessionId: id,
          position: index + 1,
        })),
      );
      await this.outbox.publish(manager, WORKOUT_SESSION_CREATED, id, workoutSessionState(created));
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
      const updated = await manager.save(Object.assign(session, changes));
      await this.outbox.publish(manager, WORKOUT_SESSION_UPDATED, id, workoutSessionState(updated));
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
      const isRepeated = session.status === status;
      const moved = await manager.save(Object.assign(session, { status }));
      if (status === WorkoutSessionStatus.Cancelled) await cancelOpenWork(manager, { workoutSessionId: id });
      if (!isRepeated) {
        await this.outbox.publish(manager, WORKOUT_SESSION_UPDATED, id, workoutSessionState(moved));
      }
      return show(manager, id);
    });
  }

  /** Takes exercises, assignments and loads of the draft along. @throws EntityNotFoundError; SessionStateError */
  async delete(id: string): Promise<void> {
    await this.sessions.manager.transaction(async (manager) => {
      const { status } = await holdSession(manager, id);
      if (status !== WorkoutSessionStatus.Draft) throw new SessionStateError('SESSION_NOT_DRAFT', status);
      await manager.delete(WorkoutSession, { id });
      const deletedAt = new Date().toISOString();
      await this.outbox.publish(manager, WORKOUT_SESSION_DELETED, id, { deletedAt });
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
