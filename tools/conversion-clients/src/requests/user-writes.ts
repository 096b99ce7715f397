/** What clients write into the user database. */
import { v7 as newUuid } from 'uuid';
import type { Request, RequestContext, Statement } from './request';

export const USER_WRITES: readonly Request[] = [
  {
    name: 'create a user',
    database: 'user',
    weight: 5,
    compose: (context) => createUser(context, `${context.unique()}@clients.example`),
  },
  {
    name: 'sign a user in',
    database: 'user',
    weight: 10,
    compose: ({ users, random, unique }) => {
      const id = users.pick(random);
      if (id === undefined) return undefined;
      return {
        text: 'UPDATE "users" SET "lastLogin" = now(), "refreshToken" = $2 WHERE "id" = $1',
        values: [id, unique()],
      };
    },
  },
  {
    name: 'open a session',
    database: 'user',
    weight: 10,
    compose: ({ users, random, unique }) => {
      const [userId, token] = [users.pick(random), unique()];
      if (userId === undefined) return undefined;
      return {
        text: `INSERT INTO "sessions" ("userId", "token", "expiresAt") VALUES ($1, $2, now() + interval '1 day')`,
        values: [userId, token],
        writes: { table: 'sessions', key: token, references: [userId], isUpdate: false },
      };
    },
  },
  {
    name: 'move a session to another user',
    database: 'user',
    weight: 5,
    compose: ({ users, rows, random }) => {
      const [session, userId] = [random.pickIfAny(rows.sessions), users.pick(random)];
      if (session === undefined || userId === undefined) return undefined;
      return {
        text: 'UPDATE "sessions" SET "userId" = $2 WHERE "id" = $1',
        values: [session.id, userId],
        writes: { table: 'sessions', key: session.token, references: [userId], isUpdate: true },
      };
    },
  },
];

/** Every other client that knows UUIDs makes the id itself; the rest leave it to the database. */
function createUser({ ids, random }: RequestContext, email: string): Statement {
  const columns = '"email", "password", "firstName", "lastName", "role", "status"';
  const values = [email, '$2b$10$clients', 'Client', 'Made', 'player', 'active'];
  const own = ids === 'uuid' && random.integer(0, 1) === 0 ? [newUuid()] : [];
  const all = [...values, ...own];
  return {
    text:
      `INSERT INTO "users" (${columns}${own.length > 0 ? ', "id"' : ''}) ` +
      `VALUES (${all.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING "id"`,
    values: all,
    writes: { table: 'users', key: email, references: own, isUpdate: false },
    written: ({ id }) => ({ references: [String(id)] }),
  };
}
