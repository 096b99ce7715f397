import { type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { WorkoutAssignment, WorkoutAssignmentStatus } from '../entities/workout-assignment';
import { WorkoutExecution, WorkoutExecutionStatus } from '../entities/workout-execution';
import { WORKOUT_ASSIGNMENT_LIFECYCLE } from '../workout-assignments/workout-assignment-lifecycle';
import { WORKOUT_EXECUTION_LIFECYCLE } from '../workout-executions/workout-execution-lifecycle';

/** Whose work: that of a session, that of a player, or that of a player in some sessions. */
export type OpenWork = Pick<FindOptionsWhere<WorkoutExecution>, 'workoutSessionId' | 'playerId'>;

/** What a session that is cancelled, or a player who is gone, takes along: what was still to be done. What was done stays. */
export async function cancelOpenWork(manager: EntityManager, work: OpenWork): Promise<void> {
  await manager.update(
    WorkoutAssignment,
    { ...work, status: In(WORKOUT_ASSIGNMENT_LIFECYCLE.before(WorkoutAssignmentStatus.Cancelled)) },
    { status: WorkoutAssignmentStatus.Cancelled },
  );
  await manager.update(
    WorkoutExecution,
    { ...work, status: In(WORKOUT_EXECUTION_LIFECYCLE.before(WorkoutExecutionStatus.Cancelled)) },
    { status: WorkoutExecutionStatus.Cancelled },
  );
}
