import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import type { Catalog } from '../catalog/catalog';
import { readCatalog } from '../catalog/read-catalog';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import { NO_DECISIONS } from './decisions';
import { planChange, type ChangePlan } from './plan-change';
import { proveChange } from './prove-change';

const BEFORE = 'CREATE TABLE users (id int PRIMARY KEY, name varchar(20), age int)';

let database: TestDatabase;
let client: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

async function catalogOf(statements: string): Promise<Catalog> {
  await client.query('BEGIN');
  await client.query(statements);
  const catalog = await readCatalog(queryOf(client));
  await client.query('ROLLBACK');
  return catalog;
}

/** The proof of what was planned, or of what somebody made of the plan. */
async function prove(
  before: string,
  after: string,
  tamper: (plan: ChangePlan) => ChangePlan = (plan) => plan,
) {
  const entities = await catalogOf(after);
  await client.query(before);
  const catalog = await readCatalog(queryOf(client));
  const plan = tamper(planChange(catalog, entities, NO_DECISIONS));
  const change = { service: 'user-service', before: catalog, entities, decisions: NO_DECISIONS, plan };
  return proveChange(queryOf(client), change);
}

const AFTER = BEFORE.replace('age int', 'age bigint, note text');
const wrong = (problem: string) => ({
  code: 'GENERATED_MIGRATION_WRONG',
  message: `user-service: the generated ${problem}\nNothing was written. Write this migration by hand, starting from \`migration-create\`.`,
});
const instead =
  (...immediate: string[]) =>
  (plan: ChangePlan) => ({ ...plan, immediate });

it('gives what is to be written, and leaves the database as it was', async () => {
  const { parts, withoutRows } = await prove(BEFORE, AFTER);
  expect({ parts: parts.length, withoutRows }).toEqual({ parts: 1, withoutRows: [] });
  expect(Object.keys((await readCatalog(queryOf(client))).tables['users']!.columns)).toHaveLength(3);
  expect((await client.query('SELECT FROM users')).rowCount).toBeGreaterThan(0);
});

it('finds statements that fail', async () => {
  await expect(
    prove(BEFORE, AFTER, instead('alter table users add column note nonsense')),
  ).rejects.toMatchObject(
    wrong('up was run in a scratch database and is wrong; it fails: type "nonsense" does not exist'),
  );
});

it('finds differences that would stay', async () => {
  await expect(prove(BEFORE, AFTER, instead('alter table users add column note text'))).rejects.toMatchObject(
    wrong(
      'up was run in a scratch database and is wrong; these differences would stay:\n' +
        '  users.age: type is integer, expected bigint',
    ),
  );
});

it('finds values that would be lost, though the schema is right', async () => {
  const tampered = instead(
    'alter table users drop column name, drop column age',
    'alter table users add column name varchar(20), add column age bigint, add column note text',
  );
  await expect(prove(BEFORE, AFTER, tampered)).rejects.toMatchObject({
    code: 'GENERATED_MIGRATION_WRONG',
    message: expect.stringMatching(
      /^user-service: the generated up was run .* values would be lost:\n {2}users\.name: \d rows? lost (its|their) value/,
    ),
  });
});

it('finds values that come to stand in other rows', async () => {
  const tampered = instead(
    'alter table users add column note text, alter column age set data type bigint',
    `with numbered as (select id, name, row_number() over (order by id) as n, count(*) over () as total from users)
     update users set name = giver.name from numbered taker join numbered giver on giver.n = taker.n % taker.total + 1
     where taker.id = users.id`,
  );
  await expect(prove(BEFORE, AFTER, tampered)).rejects.toMatchObject({
    message: expect.stringContaining('values that stood in different rows before'),
  });
});

it('proves without the rows of a table where they break a rule that is new, and says so', async () => {
  const { parts, withoutRows } = await prove(
    BEFORE,
    `${BEFORE}; ALTER TABLE users ADD CHECK (age = 123456789)`,
  );
  expect(parts).toHaveLength(1);
  expect(withoutRows).toEqual(['users']);
});

it('fills a place that is left for a person as a person might', async () => {
  const { parts } = await prove(BEFORE, BEFORE.replace('name varchar(20)', 'name varchar(20) NOT NULL'));
  expect(parts[0]?.up[0]).toMatchObject({ kind: 'backfill', table: 'users', column: 'name' });
});

it('finds what somebody made by hand and would be gone', async () => {
  const byHand = `${BEFORE}; CREATE VIEW names AS SELECT name FROM users; CREATE SEQUENCE shirts; CREATE TYPE mood AS ENUM ('good')`;
  const dropping = (plan: ChangePlan) => ({
    ...plan,
    immediate: [...plan.immediate, 'drop view names', 'drop sequence shirts', 'drop type mood'],
  });
  await expect(prove(byHand, AFTER, dropping)).rejects.toMatchObject(
    wrong(
      'up was run in a scratch database and is wrong; what was made by hand would be gone: names, shirts, mood',
    ),
  );
});
