import { WorkoutSessionStatus as Status } from '../entities/workout-session';
import { Lifecycle } from '../lifecycle/lifecycle';

/**
 *     draft ──> scheduled ──> active ──> completed
 *       └───────────┴───────────┴──────> cancelled
 */
export const WORKOUT_SESSION_LIFECYCLE = new Lifecycle<Status>('workout session', {
  [Status.Draft]: [Status.Scheduled, Status.Cancelled],
  [Status.Scheduled]: [Status.Active, Status.Cancelled],
  [Status.Active]: [Status.Completed, Status.Cancelled],
  [Status.Completed]: [],
  [Status.Cancelled]: [],
});
