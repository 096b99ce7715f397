import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { connect, withConnection } from '../pg/connect';
import { withDatabase } from '../pg/connection-url';
import { queryOf } from '../pg/query';
import { testServerUrl } from '../testing/migrator-tests.config';
import { compareDefinitions, readDefinitions } from './definitions';

const BASE = `
  CREATE TABLE users (id int PRIMARY KEY, name text, age int);
  CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$;
  CREATE VIEW names AS SELECT name FROM users;
  CREATE SEQUENCE numbers;
`;

/** What the statements change, in words. */
async function differences(...statements: string[]): Promise<string[]> {
  await client.query('BEGIN');
  try {
    const before = await readDefinitions(queryOf(client));
    for (const statement of statements) await client.query(statement);
    return compareDefinitions(before, await readDefinitions(queryOf(client)));
  } finally {
    await client.query('ROLLBACK');
  }
}

let client: Client;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = `definitions_${randomBytes(5).toString('hex')}`;
  const server = testServerUrl();
  await withConnection(server, 'test', (admin) =>
    admin.query(`CREATE DATABASE ${database} TEMPLATE template0`),
  );
  client = await connect(withDatabase(server, database, 'test'), 'test');
  await client.query(BASE);
  drop = async () => {
    await client.end();
    await withConnection(server, 'test', (admin) => admin.query(`DROP DATABASE ${database}`));
  };
});
afterAll(() => drop());

it('tells nothing of equal databases, nor of what the catalog tells', async () => {
  expect(await differences()).toEqual([]);
  expect(await differences('ALTER TABLE users ADD COLUMN email text', 'DROP VIEW names')).toEqual([]);
});

it('tells nothing of a column that is gone, nor of who might read it', async () => {
  const column = ['ALTER TABLE users ADD COLUMN email text', 'GRANT SELECT (email) ON users TO PUBLIC'];
  expect(await differences(...column, 'ALTER TABLE users DROP COLUMN email')).toEqual([]);
});

it.each([
  [
    'CREATE TRIGGER loud BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION shout()',
    'trigger users.loud: is missing',
  ],
  [
    `CREATE OR REPLACE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
    'function shout(): is',
  ],
  ['CREATE POLICY mine ON users USING (age > 1)', 'policy users.mine: is missing'],
  ['ALTER TABLE users ENABLE ROW LEVEL SECURITY', 'policy users: is missing, expected row level security'],
  ['CREATE RULE nope AS ON DELETE TO users DO INSTEAD NOTHING', 'rule users.nope: is missing'],
  ['CREATE DOMAIN age AS int CHECK (VALUE > 0)', 'type age: is missing, expected integer age_check CHECK'],
  ['CREATE TYPE pair AS (one int, other text)', 'type pair: is missing, expected one integer, other text'],
  ['ALTER SEQUENCE numbers INCREMENT 5', 'sequence numbers: is start 1 increment 1'],
  ['ALTER TABLE users SET (fillfactor = 70)', 'storage users: is missing, expected {fillfactor=70}'],
  ['CREATE UNLOGGED TABLE t (id int)', 'storage t: is missing, expected unlogged'],
  ['CREATE EXTENSION dict_int', 'extension dict_int: is missing, expected public'],
  ['GRANT SELECT (name) ON users TO PUBLIC', 'privileges on users.name: is missing, expected - SELECT'],
  ['REVOKE EXECUTE ON FUNCTION shout() FROM PUBLIC', 'privileges on shout(): is missing'],
  ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC', 'privileges by default of'],
  [`COMMENT ON FUNCTION shout() IS 'loud'`, 'comment on function public.shout(): is missing, expected loud'],
  ['CREATE SCHEMA legacy', 'object schema legacy: is missing'],
  ['CREATE STATISTICS pairs ON name, age FROM users', 'object statistics object public.pairs: is missing'],
  ['CREATE PUBLICATION everything FOR ALL TABLES', 'object publication everything: is missing'],
])('%s', async (statement, expected) => {
  const found = await differences(statement);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

it('says nothing of what belongs to a tool: the history tables, the sagas of DBOS, what an extension owns', async () => {
  expect(
    await differences(
      'CREATE SCHEMA migrator; CREATE TABLE migrator.history (id int)',
      'CREATE TABLE migrations (id serial, "timestamp" bigint, name text)',
      'CREATE SCHEMA dbos; CREATE TABLE dbos.streams (id int UNIQUE)',
      `CREATE FUNCTION dbos.shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
      'CREATE TRIGGER loud BEFORE INSERT ON dbos.streams FOR EACH ROW EXECUTE FUNCTION dbos.shout()',
      'GRANT USAGE ON SCHEMA dbos TO PUBLIC',
    ),
  ).toEqual([]);
});
