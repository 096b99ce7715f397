/** For the tests of refusals: a database whose tables can be converted, and what is refused of it after some statements. */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { IdConversion, Reference } from '../declaration';
import { inspectConversion, type InspectionResult } from './inspect-conversion';

export type { Query } from '../../pg/query';

/** Users, and one table that refers to them in every way. */
const BASE = [
  `CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, boss_id int REFERENCES users (id))`,
  `CREATE TABLE posts (
     id uuid PRIMARY KEY, author_id int NOT NULL REFERENCES users (id), editor_id int, likers int[], meta jsonb,
     subject_type text, subject_id varchar(64), words int
   )`,
];
/** Every reference of the base. */
export const REFERENCES = {
  boss: { kind: 'column', table: 'users', column: 'boss_id', to: 'users' },
  author: { kind: 'column', table: 'posts', column: 'author_id', to: 'users' },
  editor: { kind: 'column', table: 'posts', column: 'editor_id', to: 'users' },
  likers: { kind: 'array', table: 'posts', column: 'likers', to: 'users' },
  meta: { kind: 'json', table: 'posts', column: 'meta', path: 'coach.id', to: 'users' },
  subject: {
    kind: 'polymorphic',
    table: 'posts',
    column: 'subject_id',
    typeColumn: 'subject_type',
    typeValue: 'user',
    to: 'users',
  },
} as const satisfies Record<string, Reference>;

export type Change = Partial<Omit<IdConversion, 'references'>> & {
  /** Instead of the ones of the base, or none of them. */
  readonly references?: Partial<Record<keyof typeof REFERENCES, Reference | null>>;
  readonly more?: readonly Reference[];
};

export type Step = string | ((query: Query) => Promise<unknown>);

/** Registers the hooks that make the base for the tests of one file. Each inspection leaves it as it was. */
export function refusalTests() {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = await connect(database.url, 'test');
    for (const statement of BASE) await client.query(statement);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  async function inspectAfter(steps: readonly Step[], change: Change = {}): Promise<InspectionResult> {
    const query = queryOf(client);
    await client.query('BEGIN');
    try {
      for (const step of steps) await (typeof step === 'string' ? query(step) : step(query));
      return await inspectConversion(
        {
          service: 'user-service',
          query,
          connect: () => connect(database.url, 'test'),
          transaction: async (work) => {
            await client.query('SAVEPOINT trial');
            try {
              return await work(query);
            } finally {
              await client.query('ROLLBACK TO SAVEPOINT trial');
            }
          },
        },
        declarationOf(change),
      );
    } finally {
      await client.query('ROLLBACK');
    }
  }

  return {
    inspectAfter,
    /** `CODE message` each. */
    refusalsAfter: async (steps: readonly Step[], change?: Change) =>
      (await inspectAfter(steps, change)).refusals.map(({ code, message }) => `${code} ${message}`),
    session: () => ({ user: client.user, database: database.name }),
  };
}

function declarationOf({ references = {}, more = [], ...others }: Change): IdConversion {
  const declared = Object.values({ ...REFERENCES, ...references }).filter((one) => one !== null);
  return {
    name: 'users-to-uuid',
    service: 'user-service',
    owner: 'user-service',
    keys: [{ table: 'users', column: 'id' }],
    references: [...declared, ...more],
    ...others,
  };
}
