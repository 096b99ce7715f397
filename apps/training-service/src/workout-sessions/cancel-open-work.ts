import { type EntityManager, In } from 'typeorm';
import { WorkoutAssignment, WorkoutAssignmentStatus } from '../entities/workout-assignment';
import { WorkoutExecution, WorkoutExecutionStatus } from '../entities/workout-execution';
import { WORKOUT_ASSIGNMENT_LIFECYCLE } from '../workout-assignments/workout-assignment-lifecycle';
import { WORKOUT_EXECUTION_LIFECYCLE } from '../workout-executions/workout-execution-lifecycle';

/** What a cancelled session takes with it: what was still to be done. What was done stays as it is. */
export async function cancelOpenWork(manager: EntityManager, workoutSessionId: string): Promise<void> {
  await manager.update(
    WorkoutAssignment,
    { workoutSessionId, status: In(WORKOUT_ASSIGNMENT_LIFECYCLE.before(WorkoutAssignmentStatus.Cancelled)) },
    { status: WorkoutAssignmentStatus.Cancelled },
  );
  await manager.update(
    WorkoutExecution,
    { workoutSessionId, status: In(WORKOUT_EXECUTION_LIFECYCLE.before(WorkoutExecutionStatus.Cancelled)) },
    { status: WorkoutExecutionStatus.Cancelled },
  );
}
