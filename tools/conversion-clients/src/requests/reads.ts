/** Half of the load: point reads by key and by reference. The same text for numbers and for UUIDs. */
import type { Request, RequestContext, Statement } from './request';

export const READS: readonly Request[] = [
  {
    name: 'read a user',
    database: 'user',
    weight: 20,
    compose: (context) =>
      // Prepared, as ORMs and pools with statement caches do it: the plan has to outlive every phase.
      aboutUser(context, {
        name: 'read-a-user',
        text: 'SELECT "id", "email", "firstName", "lastName", "role", "status" FROM "users" WHERE "id" = $1',
      }),
  },
  {
    name: 'read the sessions of a user',
    database: 'user',
    weight: 15,
    compose: (context) =>
      aboutUser(context, {
        text: 'SELECT "id", "userId", "expiresAt" FROM "sessions" WHERE "userId" = $1 LIMIT 20',
      }),
  },
  {
    name: 'read the assignments of a player',
    database: 'training',
    weight: 15,
    compose: (context) =>
      aboutUser(context, {
        text: 'SELECT "id", "sessionId", "playerId" FROM "workout_assignments" WHERE "playerId" = $1 LIMIT 20',
      }),
  },
];

function aboutUser(
  { users, random }: RequestContext,
  statement: Pick<Statement, 'text' | 'name'>,
): Statement | undefined {
  const id = users.pick(random);
  return id === undefined ? undefined : { ...statement, values: [id] };
}
