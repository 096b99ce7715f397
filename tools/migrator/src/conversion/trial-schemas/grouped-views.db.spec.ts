/** Views whose GROUP BY leans on a primary key, through the switch, the contract and back. */
import type { IdConversion } from '../declaration';
import type { Query } from '../../pg/query';
import { createTrialDatabase, PHASE_NAMES, type TrialDatabase } from './trial-database';

const SCHEMA = [
  `CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL)`,
  `CREATE TABLE posts (id serial PRIMARY KEY, author_id int NOT NULL REFERENCES users (id))`,
  `CREATE VIEW authors AS SELECT u.id, u.email, count(p.id) AS posts FROM users u LEFT JOIN posts p ON p.author_id = u.id GROUP BY u.id`,
  `CREATE MATERIALIZED VIEW kept_authors AS
     SELECT u.id, u.email, count(p.id) AS posts FROM users u LEFT JOIN posts p ON p.author_id = u.id GROUP BY u.id`,
  `CREATE VIEW busy_authors AS SELECT email, posts FROM kept_authors WHERE posts > 1`,
  `INSERT INTO users (email) VALUES ('a'), ('b'), ('c')`,
  `INSERT INTO posts (author_id) VALUES (1), (1), (2)`,
  `REFRESH MATERIALIZED VIEW kept_authors`,
];
const CONVERSION: IdConversion = {
  name: 'authors',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [{ kind: 'column', table: 'posts', column: 'author_id', to: 'users' }],
};

let trial: TrialDatabase;
beforeAll(async () => {
  trial = await createTrialDatabase(CONVERSION, SCHEMA);
});
afterAll(() => trial?.drop());

async function expectAuthors(query: Query): Promise<void> {
  const authors = ['a 2', 'b 1', 'c 0'];
  for (const [view, expected] of Object.entries({
    authors,
    kept_authors: authors,
    busy_authors: ['a 2'],
  })) {
    const rows = await query<{ row: string }>(
      `SELECT email || ' ' || posts AS row FROM ${view} ORDER BY email`,
    );
    expect([view, rows.map(({ row }) => row)]).toEqual([view, expected]);
  }
}

it.each(PHASE_NAMES)('%s', async (phase) => {
  await trial.up(phase);
  await expectAuthors(trial.query);
  await expectAuthors(trial.as.numeric);
  // Until the references are filled the UUIDs of some are null there.
  if (!['addUuidColumns', 'generateUuids'].includes(phase)) await expectAuthors(trial.as.uuid);
});

it.each([...PHASE_NAMES].reverse())('%s, taken back', async (phase) => {
  await trial.down(phase);
  await expectAuthors(trial.query);
});

it('the view is as it was written; the materialized one names what it groups by', async () => {
  const [grouping] = await trial.query(`SELECT pg_get_viewdef('authors') ~ 'GROUP BY u.id;' AS plain,
    pg_get_viewdef('kept_authors') ~ 'GROUP BY u.email, u.id;' AS materialized`);
  expect(grouping).toEqual({ plain: true, materialized: true });
});
