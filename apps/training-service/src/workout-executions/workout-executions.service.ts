import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { type EntityManager, Repository } from 'typeorm';
import { WorkoutExecution, WorkoutExecutionStatus } from '../entities/workout-execution';
import { WorkoutSessionStatus } from '../entities/workout-session';
import { holdReferences } from '../known/hold-references';
import { holdReferencedSession } from '../workout-sessions/hold-session';
import { SessionStateError } from '../workout-sessions/session-state-error';
import type { ChangeWorkoutExecutionStatusDto } from './dto/change-workout-execution-status.dto';
import type { CreateWorkoutExecutionDto } from './dto/create-workout-execution.dto';
import type { UpdateWorkoutExecutionDto } from './dto/update-workout-execution.dto';
import { WorkoutExecutionResource } from './dto/workout-execution.resource';
import { ExecutionStateError } from './execution-state-error';
import { holdExecution, holdStartedExecution } from './hold-execution';
import { WORKOUT_EXECUTION_LIFECYCLE } from './workout-execution-lifecycle';
import { WORKOUT_EXECUTION_LIST } from './workout-execution-list';

const NOT_TO_BE_DONE = [WorkoutSessionStatus.Draft, WorkoutSessionStatus.Cancelled];

@Injectable()
export class WorkoutExecutionsService {
  constructor(
    @InjectRepository(WorkoutExecution) private readonly executions: Repository<WorkoutExecution>,
  ) {}

  /**
   * A completed session can still be executed: players make up for what they missed.
   *
   * Who is not in the team may train along.
   *
   * @throws UnknownReferenceError when there is no such session; SessionStateError when it is a draft or cancelled;
   *   NotKnownError when the player is not known.
   */
  async create(execution: CreateWorkoutExecutionDto): Promise<WorkoutExecutionResource> {
    return this.executions.manager.transaction(async (manager) => {
      await holdReferences(manager, WorkoutExecution, execution);
      const { status } = await holdReferencedSession(manager, execution.workoutSessionId);
      if (NOT_TO_BE_DONE.includes(status)) throw new SessionStateError('SESSION_NOT_OPEN', status);
      const { id } = await manager.save(manager.create(WorkoutExecution, { ...execution }));
      return show(manager, id);
    });
  }

  list(query: PaginateQuery): Promise<Paginated<WorkoutExecutionResource>> {
    return listPage(query, this.executions, WORKOUT_EXECUTION_LIST, WorkoutExecutionResource);
  }

  /** @throws EntityNotFoundError */
  get(id: string): Promise<WorkoutExecutionResource> {
    return show(this.executions.manager, id);
  }

  /**
   * @throws EntityNotFoundError; ExecutionStateError when nothing was done; OptimisticLockVersionMismatchError when
   *   `changes.version` is outdated.
   */
  async update(id: string, changes: UpdateWorkoutExecutionDto): Promise<WorkoutExecutionResource> {
    return this.executions.manager.transaction(async (manager) => {
      const execution = await holdStartedExecution(manager, id);
      await manager.save(Object.assign(execution, changes));
      return show(manager, id);
    });
  }

  /** @throws EntityNotFoundError; IllegalTransitionError */
  async changeStatus(
    id: string,
    { status, at = new Date() }: ChangeWorkoutExecutionStatusDto,
  ): Promise<WorkoutExecutionResource> {
    return this.executions.manager.transaction(async (manager) => {
      const execution = await holdExecution(manager, id);
      WORKOUT_EXECUTION_LIFECYCLE.assertTransition(execution.status, status);
      if (execution.status !== status) {
        execution.status = status;
        if (status === WorkoutExecutionStatus.Active) execution.startedAt = at;
        if (status === WorkoutExecutionStatus.Completed) execution.completedAt = at;
        await manager.save(execution);
      }
      return show(manager, id);
    });
  }

  /** @throws EntityNotFoundError; ExecutionStateError when the player has begun. */
  async delete(id: string): Promise<void> {
    await this.executions.manager.transaction(async (manager) => {
      const { status, startedAt } = await holdExecution(manager, id);
      if (startedAt) throw new ExecutionStateError('EXECUTION_CARRIED_OUT', status);
      await manager.delete(WorkoutExecution, { id });
    });
  }
}

async function show(manager: EntityManager, id: string): Promise<WorkoutExecutionResource> {
  const execution = await manager.findOneOrFail(WorkoutExecution, {
    where: { id },
    relations: { exerciseExecutions: { exercise: true } },
    order: { exerciseExecutions: { exercise: { position: 'ASC' } } },
  });
  return new WorkoutExecutionResource(execution);
}
