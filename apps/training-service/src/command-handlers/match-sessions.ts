import { WorkoutAssignment, WorkoutAssignmentStatus } from '../entities/workout-assignment';
import { WorkoutSession, WorkoutSessionStatus } from '../entities/workout-session';

export interface Candidates {
  /** Of both teams. */
  readonly sessions: readonly WorkoutSession[];
  /** Of the player, in any of those sessions and in any status. */
  readonly assignments: readonly WorkoutAssignment[];
  readonly fromTeamId: string;
  readonly toTeamId: string;
  readonly at: Date;
}

export interface Matches {
  readonly matched: readonly { readonly assignment: WorkoutAssignment; readonly to: WorkoutSession }[];
  readonly unmatched: readonly WorkoutAssignment[];
}

/** Pure: for each open assignment of the old team the new team's next session of the same type, first come, first served. */
export function matchSessions({ sessions, assignments, fromTeamId, toTeamId, at }: Candidates): Matches {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const taken = new Set(
    assignments
      .filter(({ status }) => status !== WorkoutAssignmentStatus.Cancelled)
      .map(({ workoutSessionId }) => workoutSessionId),
  );
  const free = sessions
    .filter(({ id, teamId, status, scheduledAt }) => {
      const isNext = status === WorkoutSessionStatus.Scheduled && scheduledAt !== null && scheduledAt >= at;
      return teamId === toTeamId && isNext && !taken.has(id);
    })
    .sort(byTime);
  const open = assignments
    .filter(({ status }) => status === WorkoutAssignmentStatus.Assigned)
    .map((assignment) => ({ assignment, from: byId.get(assignment.workoutSessionId)! }))
    .filter(({ from }) => from.teamId === fromTeamId)
    .sort((a, b) => byTime(a.from, b.from));

  const matched: { assignment: WorkoutAssignment; to: WorkoutSession }[] = [];
  const unmatched: WorkoutAssignment[] = [];
  for (const { assignment, from } of open) {
    const index = free.findIndex(({ type }) => type === from.type);
    if (index < 0) unmatched.push(assignment);
    else matched.push({ assignment, to: free.splice(index, 1)[0]! });
  }
  return { matched, unmatched };
}

/** Drafts without a time come last; of two at the same moment, always the same one first. */
function byTime(a: WorkoutSession, b: WorkoutSession): number {
  return (
    (a.scheduledAt?.getTime() ?? Infinity) - (b.scheduledAt?.getTime() ?? Infinity) ||
    a.id.localeCompare(b.id)
  );
}
