import { WorkoutAssignmentStatus as Status } from '../entities/workout-assignment';
import { Lifecycle } from '../lifecycle/lifecycle';

/**
 *     assigned ──> completed <── missed (done late)
 *       ├──> missed
 *       └──> cancelled
 */
export const WORKOUT_ASSIGNMENT_LIFECYCLE = new Lifecycle<Status>('workout assignment', {
  [Status.Assigned]: [Status.Completed, Status.Missed, Status.Cancelled],
  [Status.Missed]: [Status.Completed],
  [Status.Completed]: [],
  [Status.Cancelled]: [],
});
