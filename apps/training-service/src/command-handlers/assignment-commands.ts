import {
  CommandPostponed,
  CommandRefusal,
  MOVE_ASSIGNMENTS,
  MOVE_ASSIGNMENTS_BACK,
  MoveAssignments,
  MoveAssignmentsBack,
  MovedAssignment,
  MovedAssignments,
  OnCommand,
  type CommandContext,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { KnownTeam } from '../entities/known-team';
import { KnownUser } from '../entities/known-user';
import { WorkoutAssignment, WorkoutAssignmentStatus } from '../entities/workout-assignment';
import { WorkoutSession, WorkoutSessionStatus } from '../entities/workout-session';
import { WORKOUT_SESSION_LIFECYCLE } from '../workout-sessions/workout-session-lifecycle';
import { matchSessions } from './match-sessions';

const { Assigned, Cancelled } = WorkoutAssignmentStatus;
/** A session that has begun is finished where it was begun. */
const NOT_BEGUN = [WorkoutSessionStatus.Draft, WorkoutSessionStatus.Scheduled];

/**
 * What becomes of a player's open assignments when the player changes teams.
 *
 * Each one for a session of the old team that has not begun moves to the new team's next session of the same type that the
 * player is not assigned yet; there are no two in one session. What has no such session is cancelled: the player has no business
 * in the old team's sessions any more, and the new coach plans anew. A date by which it is due becomes the new session's; a
 * recurrence goes along. Assignments to a whole team are the team's, executions and loads are what the player did: they stay.
 */
@Injectable()
export class AssignmentCommands {
  @OnCommand(MOVE_ASSIGNMENTS)
  async move(request: MoveAssignments, manager: EntityManager): Promise<MovedAssignments> {
    const { playerId, fromTeamId, toTeamId, at } = request;
    await this.holdKnown(manager, request);
    // Sessions before what belongs to them, and several in the order of their ids: see hold-session.ts.
    const sessions = await manager.find(WorkoutSession, {
      where: { teamId: In([fromTeamId, toTeamId]), status: In(NOT_BEGUN) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
    const assignments = await manager.find(WorkoutAssignment, {
      where: { playerId, workoutSessionId: In(sessions.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const { matched, unmatched } = matchSessions({
      sessions,
      assignments,
      fromTeamId,
      toTeamId,
      at: new Date(at),
    });

    const moved: MovedAssignment[] = [];
    for (const { assignment, to } of matched) {
      const { id, workoutSessionId: fromSessionId, dueAt } = assignment;
      moved.push({ id, fromSessionId, toSessionId: to.id, previousDueAt: dueAt?.toISOString() ?? null });
      await manager.update(WorkoutAssignment, id, {
        workoutSessionId: to.id,
        dueAt: dueAt && to.scheduledAt,
      });
    }
    const cancelled = unmatched.map(({ id }) => id);
    await manager.update(WorkoutAssignment, { id: In(cancelled) }, { status: Cancelled });
    return { moved, cancelled };
  }

  /** Leaves alone what somebody has changed since: what was done stays done, and what was removed stays away. */
  @OnCommand(MOVE_ASSIGNMENTS_BACK)
  async moveBack(
    _request: MoveAssignmentsBack,
    manager: EntityManager,
    { undone }: CommandContext<MovedAssignments>,
  ): Promise<void> {
    const { moved, cancelled } = undone;
    const sessions = await this.holdSessions(
      manager,
      moved.flatMap(({ fromSessionId, toSessionId }) => [fromSessionId, toSessionId]),
    );
    const rows = await manager.find(WorkoutAssignment, {
      where: { id: In([...moved.map(({ id }) => id), ...cancelled]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const assignments = new Map(rows.map((row) => [row.id, row]));
    for (const { id, fromSessionId, toSessionId, previousDueAt } of moved) {
      const assignment = assignments.get(id);
      if (!assignment || !isUntouched(assignment, sessions.get(toSessionId))) continue;
      const from = sessions.get(fromSessionId);
      await manager.update(WorkoutAssignment, id, {
        ...(from && { workoutSessionId: from.id, dueAt: previousDueAt && new Date(previousDueAt) }),
        status: from && !isOver(from) ? Assigned : Cancelled,
      });
    }
    const open = await this.stillOpen(manager, cancelled);
    await manager.update(WorkoutAssignment, { id: In(open), status: Cancelled }, { status: Assigned });
  }

  /** What is known of the player and the team stays as it is until the transaction ends: known rows come before sessions. */
  private async holdKnown(manager: EntityManager, { playerId, toTeamId }: MoveAssignments): Promise<void> {
    const lock = { mode: 'pessimistic_read' } as const;
    const team = await manager.findOne(KnownTeam, { where: { id: toTeamId }, lock });
    if (!team) throw new CommandPostponed(`the team ${toTeamId} is not known in the training-service yet`);
    if (team.deletedAt) throw new CommandRefusal('TEAM_DELETED', `the team ${toTeamId} was deleted`);
    const player = await manager.findOne(KnownUser, { where: { id: playerId }, lock });
    if (player?.deletedAt) throw new CommandRefusal('PLAYER_DELETED', `the player ${playerId} was deleted`);
  }

  private async holdSessions(manager: EntityManager, ids: string[]): Promise<Map<string, WorkoutSession>> {
    const sessions = await manager.find(WorkoutSession, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
    return new Map(sessions.map((session) => [session.id, session]));
  }

  /** Of these assignments, those whose session is not over. */
  private async stillOpen(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
    const open = await manager.find(WorkoutAssignment, {
      where: { id: In(ids) },
      relations: { workoutSession: true },
    });
    return open.filter(({ workoutSession }) => !isOver(workoutSession!)).map(({ id }) => id);
  }
}

function isOver({ status }: WorkoutSession): boolean {
  return WORKOUT_SESSION_LIFECYCLE.isFinal(status);
}

/** Still to be done where it was moved to, or cancelled only because that session was. */
function isUntouched(
  { status, workoutSessionId }: WorkoutAssignment,
  to: WorkoutSession | undefined,
): boolean {
  if (!to || workoutSessionId !== to.id) return false;
  return status === Assigned || (status === Cancelled && to.status === WorkoutSessionStatus.Cancelled);
}
