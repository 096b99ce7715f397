import { WorkoutExecutionStatus as Status } from '../entities/workout-execution';
import { Lifecycle } from '../lifecycle/lifecycle';

/**
 *     pending ──> active ──> completed
 *        └──────────┴──────> cancelled
 */
export const WORKOUT_EXECUTION_LIFECYCLE = new Lifecycle<Status>('workout execution', {
  [Status.Pending]: [Status.Active, Status.Cancelled],
  [Status.Active]: [Status.Completed, Status.Cancelled],
  [Status.Completed]: [],
  [Status.Cancelled]: [],
});
