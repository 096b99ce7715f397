import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import type { Catalog } from './catalog';
import { compareCatalogs, describeChange } from './compare-catalogs';
import { readCatalog } from './read-catalog';

const USERS = `
  CREATE TYPE role AS ENUM ('player', 'coach');
  CREATE SEQUENCE numbers AS integer;
  CREATE TABLE clubs (id int PRIMARY KEY);
  CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(100) NOT NULL DEFAULT 'x',
    role role,
    loud text GENERATED ALWAYS AS (upper(email)) STORED,
    club_id int CONSTRAINT fk REFERENCES clubs (id)
  );
  CREATE INDEX ix ON users (email);
  CREATE VIEW emails AS SELECT email FROM users;
  CREATE MATERIALIZED VIEW roles AS SELECT role FROM users;
`;

let database: TestDatabase;
let client: Client;
let before: Catalog;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
  await client.query(USERS);
  before = await readCatalog(queryOf(client));
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** What the statements changed, told as what is against what should be. */
async function changes(statements: string): Promise<string[]> {
  await client.query('BEGIN');
  try {
    await client.query(statements);
    return compareCatalogs(await readCatalog(queryOf(client)), before).map(describeChange);
  } finally {
    await client.query('ROLLBACK');
  }
}

it('finds nothing where nothing differs', async () => {
  expect(compareCatalogs(before, before)).toEqual([]);
  expect(await changes('CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$')).toEqual([]);
  expect(await changes('CREATE SCHEMA dbos; CREATE TABLE dbos.streams (id int UNIQUE)')).toEqual([]);
});

it('minds the order of a view only where it is not that of its table', async () => {
  const moved = `
    DROP VIEW emails;
    ALTER TABLE users DROP COLUMN loud, DROP COLUMN email;
    ALTER TABLE users ADD COLUMN email varchar(100) NOT NULL DEFAULT 'x';
    ALTER TABLE users ADD COLUMN loud text GENERATED ALWAYS AS (upper(email)) STORED;
    CREATE INDEX ix ON users (email);`;
  const view = (columns: string, more = '') => `CREATE VIEW shown AS SELECT ${columns} FROM users u${more};`;
  const withView = async (before: string, after: string) => {
    await client.query('BEGIN');
    try {
      await client.query(`DROP VIEW emails; ${before}`);
      const first = await readCatalog(queryOf(client));
      await client.query(`DROP VIEW shown; CREATE VIEW emails AS SELECT 1; ${moved} ${after}`);
      return compareCatalogs(await readCatalog(queryOf(client)), first).map(describeChange);
    } finally {
      await client.query('ROLLBACK');
    }
  };
  const [first, last] = ['id, email AS "the, mail", role', 'id, role, email AS "the, mail"'];
  expect(await withView(view(first), view(last))).toEqual([]);
  for (const [before, after] of [
    [view(first), view('role, id, email AS "the, mail"')],
    [view(first), view('id, role, email')],
    [view(first, ' WHERE id > 1'), view(last, ' WHERE id > 1')],
  ] as const) {
    expect(await withView(before, after)).toEqual([expect.stringMatching(/^shown: view's definition is /)]);
  }
});

it('minds neither the order of columns nor whether a constraint is validated', async () => {
  const again = `
    ALTER TABLE users DROP COLUMN club_id, DROP COLUMN role CASCADE;
    ALTER TABLE users ADD COLUMN club_id int, ADD COLUMN role role;
    ALTER TABLE users ADD CONSTRAINT fk FOREIGN KEY (club_id) REFERENCES clubs (id) NOT VALID;
    CREATE MATERIALIZED VIEW roles AS SELECT role FROM users;`;
  expect(await changes(again)).toEqual([]);
});

it.each([
  ['CREATE TABLE teams (id int)', 'teams: the table is not expected'],
  ['ALTER TABLE clubs RENAME TO teams; ALTER TABLE users DROP CONSTRAINT fk', 'clubs: the table is missing'],
  [`COMMENT ON TABLE users IS 'it''s'`, `users: comment is 'it''s', expected none`],
  ['ALTER TABLE users ADD age int', 'users.age: the column (integer) is not expected'],
  ['ALTER TABLE users DROP club_id', 'users.club_id: the column (integer) is missing'],
  [
    'ALTER TABLE users DROP COLUMN loud; DROP VIEW emails; ALTER TABLE users ALTER email TYPE varchar(255)',
    'users.email: type is character varying(255), expected character varying(100)',
  ],
  ['ALTER TABLE users ALTER email DROP NOT NULL', 'users.email: nullability is nullable, expected not null'],
  [
    'ALTER TABLE users ALTER email DROP DEFAULT',
    `users.email: default is none, expected 'x'::character varying`,
  ],
  [
    'ALTER TABLE users ALTER id DROP DEFAULT, ALTER id ADD GENERATED ALWAYS AS IDENTITY',
    'users.id: identity is always, expected none',
  ],
  [
    'ALTER TABLE users ALTER loud DROP EXPRESSION',
    'users.loud: generated is none, expected upper((email)::text)',
  ],
  [
    'ALTER TABLE users ALTER loud TYPE text COLLATE "C"',
    'users.loud: collation is pg_catalog."C", expected none',
  ],
  [`COMMENT ON COLUMN users.email IS 'e'`, `users.email: comment is 'e', expected none`],
  [
    'ALTER TABLE users ADD CONSTRAINT ck CHECK (id > 0)',
    'users: constraint ck is not expected: CHECK ((id > 0))',
  ],
  [
    'ALTER TABLE users DROP CONSTRAINT fk',
    'users: constraint fk is missing: FOREIGN KEY (club_id) REFERENCES clubs(id)',
  ],
  [
    'ALTER TABLE users DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (club_id) REFERENCES clubs (id) ON DELETE CASCADE',
    'users: constraint fk is FOREIGN KEY (club_id) REFERENCES clubs(id) ON DELETE CASCADE, expected FOREIGN KEY (club_id) REFERENCES clubs(id)',
  ],
  ['DROP INDEX ix', 'users: index ix is missing: CREATE INDEX ix ON public.users USING btree (email)'],
  [
    'DROP INDEX ix; CREATE UNIQUE INDEX ix ON users (email)',
    'users: index ix is CREATE UNIQUE INDEX ix ON public.users USING btree (email), expected CREATE INDEX ix ON public.users USING btree (email)',
  ],
  [
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix'::regclass`,
    'users: index ix is invalid, expected valid',
  ],
  [`CREATE TYPE mood AS ENUM ('good')`, 'mood: the enum (good) is not expected'],
  [
    `ALTER TYPE role ADD VALUE 'parent' BEFORE 'coach'`,
    'role: enum is (player, parent, coach), expected (player, coach)',
  ],
  ['DROP SEQUENCE numbers', 'numbers: the sequence is missing'],
  ['ALTER SEQUENCE numbers AS bigint', `numbers: sequence's type is bigint, expected integer`],
  ['ALTER SEQUENCE numbers OWNED BY clubs.id', `numbers: sequence's owner is clubs.id, expected none`],
  ['DROP VIEW emails', 'emails: the view is missing'],
  [
    'CREATE OR REPLACE VIEW emails AS SELECT email FROM users WHERE id > 1',
    `emails: view's definition is SELECT email FROM users WHERE (id > 1), expected SELECT email FROM users`,
  ],
  [
    'CREATE INDEX ixr ON roles (role)',
    `roles: view's indexes is CREATE INDEX ixr ON public.roles USING btree (role), expected none`,
  ],
])('%s is: %s', async (statements, line) => {
  // Postgres 15 prints the table before every column of a view, later ones only where it is needed.
  const lines = (await changes(statements)).map((text) => text.replace(/\busers\.(?=email FROM|id >)/g, ''));
  expect(lines).toContain(line);
});
