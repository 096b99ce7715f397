import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import { migrationFacts } from './migration-facts';
import { readSnapshot } from './snapshot';

const BASE = `
  CREATE SCHEMA legacy;
  CREATE TYPE role AS ENUM ('player', 'coach', 'parent');
  CREATE TABLE teams (id uuid PRIMARY KEY, name varchar(100) NOT NULL);
  CREATE TABLE users (
    id uuid CONSTRAINT pk_users PRIMARY KEY, email varchar(255) NOT NULL, name text, role role NOT NULL DEFAULT 'player',
    team_id uuid CONSTRAINT fk_users_team REFERENCES teams, age int, is_active boolean NOT NULL DEFAULT true,
    CONSTRAINT uq_users_email UNIQUE (email), CONSTRAINT ck_users_name CHECK (name <> ''));
  CREATE INDEX ix_users_team_id ON users (team_id);
  CREATE UNIQUE INDEX uq_users_name ON users (lower(name)) WHERE is_active;
  CREATE VIEW names AS SELECT id, name FROM users;
  CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
`;

let client: Client;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
  await client.query(BASE);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What the statements do to the base, a line for each, with an exclamation mark where they break a client. */
async function factsOf(...statements: string[]): Promise<string[]> {
  await client.query('BEGIN');
  try {
    const before = await readSnapshot(queryOf(client));
    for (const statement of statements) await client.query(statement);
    const facts = await migrationFacts(before, await readSnapshot(queryOf(client)), statements);
    return facts.map(({ breaking, text }) => `${breaking ? '! ' : ''}${text}`);
  } finally {
    await client.query('ROLLBACK');
  }
}

describe('renames', () => {
  it('knows a column by its number, and tells nothing of the keys, indexes, defaults and checks that name it', async () => {
    const facts = await factsOf(
      'ALTER TABLE users RENAME email TO address',
      'ALTER TABLE users RENAME team_id TO squad_id',
      'ALTER TABLE users RENAME is_active TO active',
    );
    expect(facts).toEqual([
      '! column `users.email` renamed to `address`',
      '! column `users.team_id` renamed to `squad_id`',
      '! column `users.is_active` renamed to `active`',
    ]);
  });

  it('knows a table by its oid, also in another schema, and what is changed in it besides', async () => {
    expect(
      await factsOf('ALTER TABLE teams RENAME TO squads', 'ALTER TABLE squads ADD COLUMN level int'),
    ).toEqual(['! table `teams` renamed to `squads`', 'column `squads.level` added: `integer`']);
    expect(await factsOf('ALTER TABLE teams SET SCHEMA legacy')).toEqual([
      '! table `teams` renamed to `legacy.teams`',
    ]);
  });

  it('tells a swap of names from a change of types', async () => {
    const facts = await factsOf(
      'ALTER TABLE users RENAME name TO old_name',
      'ALTER TABLE users RENAME age TO name',
      'ALTER TABLE users RENAME old_name TO age',
    );
    expect(facts.slice(0, 2)).toEqual([
      '! column `users.name` renamed to `age`',
      '! column `users.age` renamed to `name`',
    ]);
    // The view's text says the new names; nothing else is different.
    expect(facts.slice(2)).toEqual(['view `names`: definition changed']);
  });

  it('tells of a column that is gone, and of another one that has its name now', async () => {
    expect(
      await factsOf('ALTER TABLE users DROP COLUMN age', 'ALTER TABLE users RENAME team_id TO age'),
    ).toEqual(['! column `users.team_id` renamed to `age`', '! column `users.age` removed']);
  });

  it('follows enums, labels, views, constraints and indexes', async () => {
    const facts = await factsOf(
      'ALTER TYPE role RENAME TO user_role',
      `ALTER TYPE user_role RENAME VALUE 'coach' TO 'trainer'`,
      'ALTER VIEW names RENAME TO people',
      'ALTER TABLE users RENAME CONSTRAINT uq_users_email TO unique_email',
      'ALTER INDEX ix_users_team_id RENAME TO by_team',
    );
    expect(facts).toEqual([
      '`users`: constraint `uq_users_email` renamed to `unique_email`',
      '`users`: index `ix_users_team_id` renamed to `by_team`',
      '! enum `role` renamed to `user_role`',
      '! enum `user_role`: label `coach` renamed to `trainer`',
      '! view `names` renamed to `people`',
    ]);
  });
});

describe('what is made anew under its old name', () => {
  it('is told of, because what it held is gone', async () => {
    expect(
      await factsOf('ALTER TABLE users DROP COLUMN age', 'ALTER TABLE users ADD COLUMN age int'),
    ).toEqual([
      '! column `users.age` removed and made anew: what it held is gone, unless the migration copied it',
    ]);
    const facts = await factsOf(
      'DROP TABLE teams CASCADE',
      'CREATE TABLE teams (id uuid PRIMARY KEY, name text)',
    );
    expect(facts).toContain(
      '! table `teams` removed and made anew: its rows are gone, unless the migration copied them',
    );
  });

  it('is nothing for an enum with the same labels', async () => {
    const facts = await factsOf(
      'ALTER TABLE users ALTER role DROP DEFAULT',
      'ALTER TYPE role RENAME TO role_old',
      `CREATE TYPE role AS ENUM ('player', 'coach', 'referee')`,
      'ALTER TABLE users ALTER role TYPE role USING role::text::role',
      `ALTER TABLE users ALTER role SET DEFAULT 'player'`,
      'DROP TYPE role_old',
    );
    expect(facts).toEqual(['! enum `role`: `parent` removed', 'enum `role`: `referee` added']);
  });
});

describe('breaking', () => {
  it.each<[string, string[]]>([
    ['ALTER TABLE users DROP COLUMN team_id', ['! column `users.team_id` removed']],
    ['DROP VIEW names', ['! view `names` removed']],
    ['DROP FUNCTION shout', ['! function `shout()` removed']],
    [
      'ALTER TABLE users ALTER email TYPE varchar(100)',
      ['! column `users.email` narrowed from `character varying(255)` to `character varying(100)`'],
    ],
    ['ALTER TABLE users ALTER age TYPE text', ['! column `users.age` changed from `integer` to `text`']],
    [
      'ALTER TABLE users ALTER age SET NOT NULL',
      ['! column `users.age` narrowed: it takes no null any more'],
    ],
    [
      'ALTER TABLE users ALTER is_active DROP DEFAULT',
      ['! column `users.is_active` lost its default `true`: inserts must name it'],
    ],
    [
      'ALTER TABLE users ADD COLUMN phone text NOT NULL',
      ['! column `users.phone` added: `text`, not null and without a default, so inserts must name it'],
    ],
    [
      'ALTER TABLE users ADD CONSTRAINT ck_users_age CHECK (age > 0)',
      ['! `users`: check `ck_users_age` added: `CHECK ((age > 0))`'],
    ],
    [
      'CREATE UNIQUE INDEX uq_teams_name ON teams (name)',
      [
        '! `teams`: unique index `uq_teams_name` added: `CREATE UNIQUE INDEX uq_teams_name ON public.teams USING btree (name)`',
      ],
    ],
    [
      'ALTER TABLE users DROP CONSTRAINT uq_users_email',
      ['! `users`: unique `uq_users_email` removed: `UNIQUE (email)`'],
    ],
  ])('%s', async (statement, facts) => {
    expect(await factsOf(statement)).toEqual(facts);
  });
});

it('tells of a view that is made anew which columns it lacks', async () => {
  expect(await factsOf('DROP VIEW names', 'CREATE VIEW names AS SELECT id FROM users')).toEqual([
    '! view `names`: column `name` removed',
    'view `names`: definition changed',
  ]);
});

describe('harmless', () => {
  it.each<[string, string[]]>([
    [
      'ALTER TABLE users ALTER email TYPE text',
      ['column `users.email` widened from `character varying(255)` to `text`'],
    ],
    ['ALTER TABLE teams ALTER name DROP NOT NULL', ['column `teams.name` may be null now']],
    [`ALTER TYPE role ADD VALUE 'referee'`, ['enum `role`: `referee` added']],
    [
      'DROP INDEX ix_users_team_id',
      [
        '`users`: index `ix_users_team_id` removed: `CREATE INDEX ix_users_team_id ON public.users USING btree (team_id)`',
      ],
    ],
    [
      'ALTER TABLE users DROP CONSTRAINT ck_users_name',
      [`\`users\`: check \`ck_users_name\` removed: \`CHECK ((name <> ''::text))\``],
    ],
    ['CREATE INDEX ix_users_age ON users (age)', ['`users`: index `ix_users_age` added: `age`']],
    ['CREATE TABLE rinks (id serial PRIMARY KEY, name text UNIQUE)', ['table `rinks` added: `id`, `name`']],
    [
      'ALTER TABLE users ADD COLUMN owner_id uuid CONSTRAINT fk_users_owner REFERENCES users CONSTRAINT uq_users_owner UNIQUE',
      [
        'column `users.owner_id` added: `uuid`',
        '`users`: foreign key `fk_users_owner` added: `FOREIGN KEY (owner_id) REFERENCES users(id)`',
        '`users`: unique `uq_users_owner` added: `UNIQUE (owner_id)`',
      ],
    ],
    [
      'ALTER TABLE users DROP CONSTRAINT uq_users_email, ADD CONSTRAINT unique_email UNIQUE (email)',
      [
        '`users`: unique `unique_email` added: `UNIQUE (email)`',
        '`users`: unique `uq_users_email` removed: `UNIQUE (email)`',
      ],
    ],
    [`INSERT INTO teams VALUES (gen_random_uuid(), 'A')`, ['rows added to `teams`']],
    ['CREATE FUNCTION whisper() RETURNS int LANGUAGE sql RETURN 1', ['function `whisper()` added']],
    [`COMMENT ON COLUMN users.age IS 'in years'`, ['column `users.age`: comment is now `in years`']],
    ['SELECT 1', []],
  ])('%s', async (statement, facts) => {
    expect(await factsOf(statement)).toEqual(facts);
  });
});
