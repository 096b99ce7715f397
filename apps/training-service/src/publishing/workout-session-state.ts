import type { WorkoutSessionState } from '@hockey-hub/shared-lib';
import type { WorkoutSession } from '../entities/workout-session';

/** What this service tells the others about a session, in events and in snapshots alike. */
export function workoutSessionState({
  teamId,
  title,
  status,
  scheduledAt,
}: WorkoutSession): WorkoutSessionState {
  return { teamId, title, status, scheduledAt: scheduledAt?.toISOString() ?? null };
}
