import { Writer } from './writer';
import type { Reply } from './requests';
import type { Session } from './town';

const SERVICE = 'training-service';
const HOUR_MS = 3_600_000;

/** What may follow which; a session that is over is left alone. */
const NEXT_STATUS = {
  draft: ['scheduled', 'cancelled'],
  scheduled: ['active', 'cancelled'],
  active: ['completed', 'cancelled'],
} as const satisfies Record<Session['status'], readonly string[]>;

/**
 * Plans workout sessions and assignments for the teams and users that the other writers made, carries them out and cancels
 * them. Refers to users who may be deleted at this moment, and to some of whom the service may not have heard yet.
 */
export class TrainingWriter extends Writer {
  protected step(): Promise<Reply | undefined> {
    const action = this.tools.random.pickWeighted({
      createSession: 3,
      changeSession: 1.5,
      changeSessionStatus: 2,
      deleteDraft: 0.4,
      createAssignment: 4,
      changeAssignmentStatus: 2,
    });
    return this[action]();
  }

  private async createSession(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const [team, coach] = [town.teams.peek(random), town.people.peek(random)];
    if (!team || !coach) return undefined;
    const title = town.uniqueName('session');
    const scheduledAt = new Date(Date.now() + random.integer(1, 500) * HOUR_MS).toISOString();
    const type = random.pick(['strength', 'cardio', 'agility']);
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'workout-session', mark: ['title', title] },
      implies: { status: 'draft' },
      ...{ method: 'POST', path: '/workout-sessions' },
      body: { teamId: team.id, createdBy: coach.id, title, type, scheduledAt },
    });
    if (reply.outcome === 'done')
      town.sessions.add({ id: reply.body!['id'] as string, teamId: team.id, status: 'draft' });
    return reply;
  }

  private async changeSession(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const session = town.sessions.take(random);
    if (!session) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'workout-session', id: session.id },
      ...{ method: 'PATCH', path: `/workout-sessions/${session.id}` },
      body: { title: town.uniqueName('session'), durationMinutes: random.integer(10, 120) },
    });
    if (reply.outcome !== 'unknown') town.sessions.add(session);
    return reply;
  }

  private async changeSessionStatus(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const session = town.sessions.take(random);
    if (!session) return undefined;
    const [onwards, cancelled] = NEXT_STATUS[session.status];
    const status = random.happens(0.8) ? onwards : cancelled;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'workout-session', id: session.id },
      ...{ method: 'PUT', path: `/workout-sessions/${session.id}/status`, body: { status } },
    });
    // Refused: it was cancelled, because its team was deleted at the moment when it was planned.
    if (reply.outcome === 'not-sent') town.sessions.add(session);
    if (reply.outcome === 'done' && (status === 'scheduled' || status === 'active'))
      town.sessions.add({ ...session, status });
    return reply;
  }

  private async deleteDraft(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const session = town.sessions.take(random, ({ status }) => status === 'draft');
    if (!session) return undefined;
    const reply = await this.send({
      ...{ service: SERVICE, action: 'delete', subject: 'workout-session', id: session.id },
      ...{ method: 'DELETE', path: `/workout-sessions/${session.id}` },
    });
    if (reply.outcome === 'refused' || reply.outcome === 'not-sent') town.sessions.add(session);
    return reply;
  }

  private async createAssignment(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const session = town.sessions.peek(random);
    if (!session) return undefined;
    const member = town.memberships.peek(random, ({ teamId, isOpen }) => isOpen && teamId === session.teamId);
    const assignee = member && random.happens(0.9) ? { playerId: member.userId } : { teamId: session.teamId };
    const dueAt = new Date(Date.UTC(2027, 0, 1) + random.integer(0, 2 ** 31 - 1)).toISOString();
    const reply = await this.send({
      ...{ service: SERVICE, action: 'create', subject: 'workout-assignment', mark: ['dueAt', dueAt] },
      implies: { status: 'assigned' },
      ...{ method: 'POST', path: '/workout-assignments' },
      body: { workoutSessionId: session.id, ...assignee, dueAt },
    });
    if (reply.outcome === 'done')
      town.assignments.add({ id: reply.body!['id'] as string, status: 'assigned' });
    return reply;
  }

  private async changeAssignmentStatus(): Promise<Reply | undefined> {
    const { town, random } = this.tools;
    const assignment = town.assignments.take(random);
    if (!assignment) return undefined;
    const status =
      assignment.status === 'missed'
        ? 'completed'
        : random.pick(['completed', 'completed', 'missed', 'cancelled']);
    const reply = await this.send({
      ...{ service: SERVICE, action: 'change', subject: 'workout-assignment', id: assignment.id },
      ...{ method: 'PUT', path: `/workout-assignments/${assignment.id}/status`, body: { status } },
    });
    // Refused: the session was cancelled, and the assignment with it.
    if (reply.outcome === 'not-sent') town.assignments.add(assignment);
    if (reply.outcome === 'done' && status === 'missed') town.assignments.add({ ...assignment, status });
    return reply;
  }
}
