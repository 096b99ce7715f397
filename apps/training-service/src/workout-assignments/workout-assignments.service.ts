import { listPage } from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Paginated, PaginateQuery } from 'nestjs-paginate';
import { EntityNotFoundError, Repository } from 'typeorm';
import { WorkoutAssignment } from '../entities/workout-assignment';
import { holdMembership } from '../known/hold-membership';
import { holdReferences } from '../known/hold-references';
import { assertNotClosed, holdReferencedSession, teamOfSession } from '../workout-sessions/hold-session';
import type { ChangeWorkoutAssignmentStatusDto } from './dto/change-workout-assignment-status.dto';
import type { CreateWorkoutAssignmentDto } from './dto/create-workout-assignment.dto';
import type { UpdateWorkoutAssignmentDto } from './dto/update-workout-assignment.dto';
import { WorkoutAssignmentResource } from './dto/workout-assignment.resource';
import { WORKOUT_ASSIGNMENT_LIFECYCLE } from './workout-assignment-lifecycle';
import { WORKOUT_ASSIGNMENT_LIST } from './workout-assignment-list';

@Injectable()
export class WorkoutAssignmentsService {
  constructor(
    @InjectRepository(WorkoutAssignment) private readonly assignments: Repository<WorkoutAssignment>,
  ) {}

  /**
   * A player has to be in the session's team; a team does not have to be the session's.
   *
   * @throws UnknownReferenceError when there is no such session; SessionStateError when it is over; NotKnownError when
   *   the player or the team is not known, or the player is not in the session's team.
   */
  async create(assignment: CreateWorkoutAssignmentDto): Promise<WorkoutAssignmentResource> {
    return this.assignments.manager.transaction(async (manager) => {
      const { workoutSessionId, playerId } = assignment;
      await holdReferences(manager, WorkoutAssignment, assignment);
      if (playerId) {
        await holdMembership(manager, { playerId, teamId: await teamOfSession(manager, workoutSessionId) });
      }
      assertNotClosed(await holdReferencedSession(manager, workoutSessionId));
      const created = manager.create(WorkoutAssignment, { ...assignment });
      return new WorkoutAssignmentResource(await manager.save(created));
    });
  }

  list(query: PaginateQuery): Promise<Paginated<WorkoutAssignmentResource>> {
    return listPage(query, this.assignments, WORKOUT_ASSIGNMENT_LIST, WorkoutAssignmentResource);
  }

  /** @throws EntityNotFoundError */
  async get(id: string): Promise<WorkoutAssignmentResource> {
    return new WorkoutAssignmentResource(await this.assignments.findOneByOrFail({ id }));
  }

  /** @throws EntityNotFoundError; OptimisticLockVersionMismatchError when `changes.version` is outdated. */
  async update(id: string, changes: UpdateWorkoutAssignmentDto): Promise<WorkoutAssignmentResource> {
    const assignment = await this.assignments.findOneByOrFail({ id });
    return new WorkoutAssignmentResource(await this.assignments.save(Object.assign(assignment, changes)));
  }

  /** @throws EntityNotFoundError; IllegalTransitionError */
  async changeStatus(
    id: string,
    { status }: ChangeWorkoutAssignmentStatusDto,
  ): Promise<WorkoutAssignmentResource> {
    return this.assignments.manager.transaction(async (manager) => {
      const assignment = await manager.findOneOrFail(WorkoutAssignment, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      WORKOUT_ASSIGNMENT_LIFECYCLE.assertTransition(assignment.status, status);
      return new WorkoutAssignmentResource(await manager.save(Object.assign(assignment, { status })));
    });
  }

  /** @throws EntityNotFoundError */
  async delete(id: string): Promise<void> {
    const { affected } = await this.assignments.delete(id);
    if (!affected) throw new EntityNotFoundError(WorkoutAssignment, { id });
  }
}
