import type { Migration } from '../model';
import { withScratch } from '../scratch/scratch-database';
import { testServerUrl } from '../testing/migrator-tests.config';
import { namedMigration } from '../testing/named-migration';
import { compareRoads } from './compare-roads';

const compare = (road: readonly Migration[], other: readonly Migration[]) =>
  withScratch(testServerUrl(), 'user-service', (scratch) =>
    compareRoads(scratch, 'user-service', road, other),
  );

const TABLES = [
  `CREATE TABLE roles (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL,
     made_at timestamptz NOT NULL DEFAULT clock_timestamp(), parent_id uuid REFERENCES roles)`,
  `CREATE TABLE grants (id serial PRIMARY KEY, role_id uuid NOT NULL REFERENCES roles, may text NOT NULL)`,
];
const COACH = `INSERT INTO roles (name) VALUES ('coach')`;
const PLAYER = `INSERT INTO roles (name, parent_id) SELECT 'player', id FROM roles WHERE name = 'coach'`;
const GRANT = `INSERT INTO grants (role_id, may) SELECT id, 'plan' FROM roles WHERE name = 'coach'`;

const LONG = [
  namedMigration('1-AddRoles', TABLES),
  namedMigration('2-Seed', [COACH, PLAYER]),
  namedMigration('3-Grant', [GRANT]),
];
const squash = (...statements: string[]) => namedMigration('4-Squash', statements);

it('finds no difference where only ids, moments and numbers differ', async () => {
  expect(
    await compare(LONG, [squash(...TABLES, COACH, PLAYER, `SELECT nextval('grants_id_seq')`, GRANT)]),
  ).toEqual([]);
});

it('finds other columns, indexes and functions', async () => {
  expect(
    await compare(LONG, [
      squash(
        ...TABLES,
        COACH,
        PLAYER,
        GRANT,
        'ALTER TABLE grants ADD COLUMN note text',
        'CREATE INDEX by_name ON roles (name)',
        `CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
      ),
    ]),
  ).toEqual([
    'grants.note: the column (text) is not expected',
    'roles: index by_name is not expected: CREATE INDEX by_name ON public.roles USING btree (name)',
    expect.stringMatching(/^function one\(\): is not expected/),
  ]);
});

it.each([
  ['a row is missing', [COACH, PLAYER], ['grants: a row is missing: {"may":"plan"}']],
  [
    'a row too many',
    [COACH, PLAYER, GRANT, `INSERT INTO roles (name) VALUES ('admin')`],
    ['roles: a row is not expected: {"name":"admin"}'],
  ],
  [
    'a reference that points at another row',
    [COACH, PLAYER, GRANT.replace(`'coach'`, `'player'`)],
    ['grants: a row is not expected: {"may":"plan"}', 'grants: a row is missing: {"may":"plan"}'],
  ],
  [
    'a reference that points nowhere',
    [COACH, `INSERT INTO roles (name) VALUES ('player')`, GRANT],
    ['roles: a row is not expected: {"name":"player"}', 'roles: a row is missing: {"name":"player"}'],
  ],
  [
    'numbers that their sequence will give again',
    [COACH, PLAYER, GRANT.replace('(role_id', '(id, role_id').replace('SELECT id', 'SELECT 1, id')],
    ['grants.id: its sequence is behind its rows, so the next row collides; setval is missing'],
  ],
])('finds %s', async (_, statements, expected) => {
  expect(await compare(LONG, [squash(...TABLES, ...statements)])).toEqual(expected);
});

it('compares constant ids to the letter, though their column has a default', async () => {
  const seed = (id: number) =>
    `INSERT INTO roles (id, name) VALUES ('00000000-0000-7000-8000-00000000000${id}', 'coach')`;
  const road = [LONG[0]!, namedMigration('2-Seed', [seed(1)])];
  expect(await compare(road, [squash(...TABLES, seed(1))])).toEqual([]);
  expect(await compare(road, [squash(...TABLES, seed(2))])).toEqual([
    'roles: a row is not expected: {"id":"00000000-0000-7000-8000-000000000002","name":"coach","parent_id":null}',
    'roles: a row is missing: {"id":"00000000-0000-7000-8000-000000000001","name":"coach","parent_id":null}',
  ]);
});

it('says why the other road cannot be gone', async () => {
  expect(await compare(LONG, [squash('SELECT 1/0')])).toEqual([
    expect.stringContaining(
      'replaying Squash1700000000004 (up) in a scratch database failed: division by zero',
    ),
  ]);
});
