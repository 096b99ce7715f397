import { openSpecimenBench, type SpecimenBench } from '../../testing/change-specimens';

let bench: SpecimenBench;
beforeAll(async () => {
  bench = await openSpecimenBench();
});
afterAll(() => bench?.close());

const USERS = `
  CREATE TYPE users_role_enum AS ENUM ('player', 'coach');
  CREATE TABLE users (
    id serial CONSTRAINT pk_users PRIMARY KEY,
    name text CONSTRAINT uq_users_name UNIQUE,
    role users_role_enum NOT NULL DEFAULT 'player',
    boss int CONSTRAINT fk_users_boss REFERENCES users (id),
    shout text GENERATED ALWAYS AS (upper(name)) STORED,
    CONSTRAINT ck_users_name CHECK (name <> '' AND role <> 'coach')
  );
  CREATE INDEX ix_users_name ON users (lower(name)) WHERE role = 'player';
`;
/** As a naming strategy would call everything after another table name. */
const MEMBERS = USERS.replaceAll('users', 'members');

it('renames a column, and with it all that is called after it', async () => {
  const after = USERS.replace(/\bname\b/g, '"Full name"')
    .replaceAll('users_name', 'users_full_name')
    .replace(/\brole\b/g, 'kind')
    .replaceAll('users_role_enum', 'users_kind_enum');
  const { immediate, gradual, down } = await bench.examine({
    before: USERS,
    after,
    decisions: {
      renames: [
        { table: 'users', from: 'name', to: 'Full name' },
        { table: 'users', from: 'role', to: 'kind' },
      ],
    },
  });
  expect(immediate).toEqual([
    'alter table "public"."users" rename column "name" to "Full name"',
    'alter table "public"."users" rename column "role" to "kind"',
    'alter type "public"."users_role_enum" rename to "users_kind_enum"',
    'alter table "public"."users" rename constraint "ck_users_name" to "ck_users_full_name"',
    'alter table "public"."users" rename constraint "uq_users_name" to "uq_users_full_name"',
    'alter index "public"."ix_users_name" rename to "ix_users_full_name"',
  ]);
  expect(gradual).toEqual([]);
  expect(down).toHaveLength(immediate.length);
});

it('renames a table, and with it its keys, indexes, enums and sequences', async () => {
  const teams = (users: string) =>
    `CREATE TABLE teams (coach_id int CONSTRAINT fk_teams_coach REFERENCES ${users} (id)); CREATE VIEW coaches AS SELECT id FROM ${users}`;
  const { immediate, gradual } = await bench.examine({
    before: USERS + teams('users'),
    after: MEMBERS + teams('members').replace(/CREATE VIEW.*/, ''),
    decisions: { tableRenames: [{ from: 'users', to: 'members' }] },
  });
  expect(immediate).toEqual([
    'alter table "public"."users" rename to "members"',
    'alter type "public"."users_role_enum" rename to "members_role_enum"',
    'alter sequence "public"."users_id_seq" rename to "members_id_seq"',
    'alter table "public"."members" rename constraint "ck_users_name" to "ck_members_name"',
    'alter table "public"."members" rename constraint "fk_users_boss" to "fk_members_boss"',
    'alter table "public"."members" rename constraint "pk_users" to "pk_members"',
    'alter table "public"."members" rename constraint "uq_users_name" to "uq_members_name"',
    'alter index "public"."ix_users_name" rename to "ix_members_name"',
  ]);
  expect(gradual).toEqual([]);
});

it('renames a table and a column of it together, and changes both further', async () => {
  const { immediate } = await bench.examine({
    before: USERS,
    after: MEMBERS.replace('boss int', 'lead bigint').replace('fk_members_boss', 'fk_members_lead'),
    decisions: {
      tableRenames: [{ from: 'users', to: 'members' }],
      renames: [{ table: 'users', from: 'boss', to: 'lead' }],
    },
  });
  expect(immediate).toContain('alter table "public"."members" rename column "boss" to "lead"');
  expect(immediate).toContain(
    'alter table "public"."members" rename constraint "fk_users_boss" to "fk_members_lead"',
  );
  expect(immediate).toContain('alter table "public"."members" alter column "lead" set data type bigint');
});

it('lets two columns, and two tables, change places', async () => {
  const pair = (a: string, b: string) => `CREATE TABLE ${a} (x int, "Y" text); CREATE TABLE ${b} (z int)`;
  const { immediate } = await bench.examine({
    before: pair('a', 'b'),
    after: pair('b', 'a').replace('x int, "Y" text', '"Y" int, x text'),
    decisions: {
      tableRenames: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
      renames: [
        { table: 'a', from: 'x', to: 'Y' },
        { table: 'a', from: 'Y', to: 'x' },
      ],
    },
  });
  expect(immediate).toEqual([
    'alter table "public"."a" rename to "a__renamed"',
    'alter table "public"."b" rename to "a"',
    'alter table "public"."a__renamed" rename to "b"',
    'alter table "public"."b" rename column "Y" to "Y__renamed"',
    'alter table "public"."b" rename column "x" to "Y"',
    'alter table "public"."b" rename column "Y__renamed" to "x"',
  ]);
});

it('moves a table to another schema', async () => {
  const { immediate } = await bench.examine({
    before: USERS,
    after: `CREATE SCHEMA auth; ${USERS.replace('TABLE users', 'TABLE auth.users').replace('ON users', 'ON auth.users').replace('REFERENCES users', 'REFERENCES auth.users')}`,
    decisions: { tableRenames: [{ from: 'users', to: 'auth.users' }] },
  });
  expect(immediate).toEqual([
    'create schema if not exists "auth"',
    'alter table "public"."users" set schema "auth"',
  ]);
});

it('renames a key or an index whose name alone changed', async () => {
  const { immediate } = await bench.examine({
    before: USERS,
    after: USERS.replace('ix_users_name', 'ix_first').replace('uq_users_name', 'uq_first'),
  });
  expect(immediate).toEqual([
    'alter table "public"."users" rename constraint "uq_users_name" to "uq_first"',
    'alter index "public"."ix_users_name" rename to "ix_first"',
  ]);
});

const rename = (from: string, to: string) => ({ renames: [{ table: 'users', from, to }] });

it.each([
  [
    rename('nam', 'full_name'),
    '--rename users.nam:full_name: the migrations make no column nam. There is: id, name.',
  ],
  [
    rename('name', 'nam'),
    '--rename users.name:nam: the entities have no column nam. They have: id, full_name.',
  ],
  [
    rename('name', 'id'),
    '--rename users.name:id: there is a column id already. Rename or drop that one first, in a migration before this one.',
  ],
  [
    { renames: [{ table: 'user', from: 'name', to: 'full_name' }] },
    '--rename user.name:full_name: the migrations make no table user.',
  ],
  [
    { tableRenames: [{ from: 'user', to: 'users' }] },
    '--rename-table user:users: the migrations make no table user. There is: users.',
  ],
  [
    { tableRenames: [{ from: 'users', to: 'member' }] },
    '--rename-table users:member: the entities have no table member. They have: users.',
  ],
])('refuses a rename of what is not there: %j', async (decisions, message) => {
  const table = (name: string) => `CREATE TABLE users (id int, ${name} text)`;
  await expect(
    bench.examine({ before: table('name'), after: table('full_name'), decisions }),
  ).rejects.toMatchObject({ code: 'BAD_OPTION', message });
});
