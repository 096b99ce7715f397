import { createHash } from 'node:crypto';
import { pairedDatabase, type PairedDatabase } from '../pairing/paired-database';
import { CLUB, CLUB_SCHEMA } from '../pairing/club-specimen';
import type { Client } from 'pg';
import { readFacts } from '../inspect/read-facts';
import { dropViews, viewsFor } from './shape-views';

const X = '0190f000-0000-7000-8000-00000000000a';
const ROLES = ['views_clerk', 'views_teller'];
const GRANTS = `
  GRANT SELECT, INSERT, UPDATE, DELETE ON users, sessions TO views_clerk;
  GRANT USAGE ON SEQUENCE users_id_seq, sessions_id_seq TO views_clerk;
  GRANT SELECT ON active_users TO views_teller;
  GRANT SELECT (id, email) ON users TO views_teller;
  ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON sessions TO views_clerk USING (token <> 'secret') WITH CHECK (token <> 'secret');
`;

let database: PairedDatabase;
let old: Client;
let young: Client;

beforeAll(async () => {
  database = await pairedDatabase(CLUB, {
    schema: CLUB_SCHEMA,
    // Roles are the server's, and other tests may want them at the same moment.
    before: `${ROLES.map((role) => `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;`).join('\n')} ${GRANTS}`,
    hasViews: true,
  });
  old = await database.session({ path: 'legacy,public' });
  young = await database.session({ path: 'uuid_ids,public' });
});
afterAll(() => database.drop());

const rows = async (client: Client, text: string, values?: unknown[]) =>
  // Named, so that it is prepared once and its plan outlives the switch.
  (await client.query({ name: createHash('sha256').update(text).digest('hex').slice(0, 16), text, values }))
    .rows;

// The same statements before the switch and after it, by the same sessions.
describe.each(['before the switch', 'after the switch'])('%s', (when) => {
  beforeAll(async () => {
    if (when === 'after the switch') await database.switch();
  });
  afterEach(() => database.empty());

  it('old clients see numbers and write them', async () => {
    expect(await rows(old, `INSERT INTO users (email) VALUES ($1) RETURNING *`, ['a'])).toEqual([
      { id: 1, email: 'a', mentorId: null, friends: null },
    ]);
    expect(
      await rows(old, `INSERT INTO users VALUES ($1, $2, $3, $4) RETURNING id`, [7, 'b', 1, [1]]),
    ).toEqual([{ id: 7 }]);
    expect(
      await rows(old, `UPDATE users SET "mentorId" = $1 WHERE id = $2 RETURNING "mentorId"`, [7, 7]),
    ).toEqual([{ mentorId: 7 }]);
    expect(
      await rows(
        old,
        `INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET email = excluded.email RETURNING *`,
        [7, 'c'],
      ),
    ).toEqual([{ id: 7, email: 'c', mentorId: 7, friends: [1] }]);
    expect(await rows(old, `SELECT id FROM users WHERE id = $1 FOR UPDATE`, [7])).toEqual([{ id: 7 }]);
    expect(await rows(old, `DELETE FROM users WHERE id = $1 RETURNING email`, [7])).toEqual([{ email: 'c' }]);
  });

  it('new clients see UUIDs and write them, and what old ones wrote', async () => {
    expect(await rows(young, `INSERT INTO users (id, email) VALUES ($1, $2) RETURNING *`, [X, 'a'])).toEqual([
      { id: X, email: 'a', mentorId: null, friends: null },
    ]);
    expect(
      await rows(
        young,
        `INSERT INTO users (email, "mentorId") VALUES ($1, $2) RETURNING id <> "mentorId" AS other`,
        ['b', X],
      ),
    ).toEqual([{ other: true }]);
    expect(await rows(old, `SELECT id, "mentorId" FROM users ORDER BY id`)).toEqual([
      { id: 1, mentorId: null },
      { id: 2, mentorId: 1 },
    ]);
    expect(await rows(old, `UPDATE users SET friends = '{1}' WHERE id = 2 RETURNING friends`)).toEqual([
      { friends: [1] },
    ]);
    expect(await rows(young, `SELECT friends FROM users WHERE email = 'b'`)).toEqual([{ friends: [X] }]);
    expect(
      await rows(young, `DELETE FROM users WHERE id = $1 OR "mentorId" = $1 RETURNING email`, [X]),
    ).toHaveLength(2);
  });

  it('views of the service, and materialized ones, show the ids of their shape', async () => {
    await rows(old, `INSERT INTO users (id, email) VALUES (5, 'a')`);
    await rows(old, `INSERT INTO sessions ("userId", token) VALUES (5, 's1'), (5, 's2')`);
    for (const view of ['active_users', 'busy_users']) {
      expect(await rows(old, `SELECT id, email FROM ${view}`)).toEqual([{ id: 5, email: 'a' }]);
      const [row] = await rows(
        young,
        `SELECT v.id = u.id AS same, pg_typeof(v.id)::text AS type FROM ${view} v JOIN users u USING (email)`,
      );
      expect(row).toEqual({ same: true, type: 'uuid' });
    }
  });

  it('rights are those of the tables, and so are policies', async () => {
    await rows(old, `INSERT INTO users (id, email) VALUES (5, 'a')`);
    await rows(old, `INSERT INTO sessions ("userId", token) VALUES (5, 'mine'), (5, 'secret')`);
    const clerk = await database.session({ path: 'legacy,public', role: 'views_clerk' });
    expect((await clerk.query('SELECT token FROM sessions')).rows).toEqual([{ token: 'mine' }]);
    await clerk.query(`INSERT INTO users (email) VALUES ('by the clerk')`);
    await expect(
      clerk.query(`INSERT INTO sessions ("userId", token) VALUES (5, 'secret')`),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(clerk.query(`SELECT * FROM id_conversion.users_ids`)).rejects.toMatchObject({
      code: '42501',
    });
    const teller = await database.session({ path: 'uuid_ids,public', role: 'views_teller' });
    expect((await teller.query(`SELECT email FROM users WHERE id IS NOT NULL AND email = 'a'`)).rows).toEqual(
      [{ email: 'a' }],
    );
    await expect(teller.query('SELECT friends FROM users')).rejects.toMatchObject({ code: '42501' });
    await expect(teller.query('DELETE FROM users')).rejects.toMatchObject({ code: '42501' });
  });
});

it('a view that leans on a primary key says in full what it groups by', async () => {
  const other = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA });
  try {
    await other.query(
      'CREATE VIEW met AS SELECT u.id, u.email, count(s.id) FROM users u LEFT JOIN sessions s ON s."userId" = u.id GROUP BY u.id',
    );
    for (const view of viewsFor(CLUB, await readFacts(other.query, CLUB), 'numeric')) await other.query(view);
    await other.query(`INSERT INTO users (email) VALUES ('a'), ('b')`);
    await other.query(`INSERT INTO sessions ("userId") VALUES (1), (1)`);
    const met = [
      { email: 'a', count: '2' },
      { email: 'b', count: '0' },
    ];
    for (const schema of ['legacy', 'uuid_ids'])
      expect(await other.query(`SELECT email, count FROM ${schema}.met ORDER BY email`)).toEqual(met);
  } finally {
    await other.drop();
  }
});

it('goes away without a trace, and leaves what somebody else put there', async () => {
  await database.query('CREATE TABLE uuid_ids.other ()');
  await database.query(`CREATE FUNCTION legacy.other() RETURNS integer LANGUAGE sql AS 'SELECT 1'`);
  for (const statement of dropViews(CLUB, database.facts)) await database.query(statement);
  const found = await database.query(
    `SELECT nspname AS schema, relname AS name FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid WHERE nspname IN ('legacy', 'uuid_ids')
      ORDER BY nspname`,
  );
  expect(found).toEqual([
    { schema: 'legacy', name: null },
    { schema: 'uuid_ids', name: 'other' },
  ]);
});
