import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { readCatalog } from '../catalog/read-catalog';
import { queryOf, type Query } from '../pg/query';
import { discoverServices } from '../source/discover-services';
import { loadMigration } from '../source/load-migration';
import { scanMigrations } from '../source/scan-migrations';
import { fillColumn } from './fill-column';
import { replay } from './replay';
import { readRows } from './rows-snapshot';
import { fillWithRows, type FillOptions } from './synthetic-rows';

const WORKSPACE = join(__dirname, '../../../..');

let database: TestDatabase;
let client: Client;
let query: Query;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  query = queryOf(client);
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

async function fill(sql: string, options?: FillOptions) {
  await client.query(sql);
  const catalog = await readCatalog(query);
  const filled = await fillWithRows(query, catalog, options);
  return { ...filled, snapshot: await readRows(query, catalog) };
}

it.each(['user-service', 'training-service'])('fills every table of %s', async (name) => {
  const service = (await discoverServices(WORKSPACE)).find((other) => other.name === name)!;
  // What a new database runs.
  const files = (await scanMigrations(WORKSPACE, service)).filter(({ file }) => !file.includes('/legacy/'));
  await replay(database.url, name, files.map(loadMigration));
  const catalog = await readCatalog(query);
  const { rows, empty } = await fillWithRows(query, catalog);
  expect(empty).toEqual([]);
  expect(Object.values(rows)).toEqual(Object.keys(catalog.tables).map(() => 5));
});

it('knows values of every type that TypeORM knows of Postgres', async () => {
  const types = `smallint integer bigint numeric numeric(7,2) real double_precision money varchar varchar(3) char(4) text
    bytea bit(3) varbit(5) boolean uuid date time timetz timestamp(3) timestamptz interval inet cidr macaddr macaddr8
    json jsonb jsonpath point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange daterange
    int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange tsvector tsquery "Mood"`;
  const columns = types.split(/\s+/).map((type, index) => `c${index} ${type.replace('_', ' ')} NOT NULL`);
  const arrays = columns.map((column) => column.replace(/^(c\d+ .*) NOT NULL$/, 'a_$1[] NOT NULL'));
  const { rows, empty } = await fill(
    `CREATE TYPE "Mood" AS ENUM ('it''s', 'so so', 'ö'); CREATE TABLE all_types (${[...columns, ...arrays].join(', ')})`,
  );
  expect({ rows, empty }).toEqual({ rows: { all_types: 5 }, empty: [] });
});

it('keeps unique rules, composite keys and references, in any order of the tables', async () => {
  const { rows, empty, snapshot } = await fill(`
    CREATE TABLE clubs (country char(2), number int, name text UNIQUE, PRIMARY KEY (country, number));
    CREATE TABLE a_teams (id serial PRIMARY KEY, country char(2) NOT NULL, number int NOT NULL, short varchar(2) UNIQUE,
                          FOREIGN KEY (country, number) REFERENCES clubs, UNIQUE (country, number));
    CREATE TABLE a_members (team_id int REFERENCES a_teams, person_id uuid, PRIMARY KEY (team_id, person_id))`);
  expect({ rows, empty }).toEqual({ rows: { clubs: 5, a_teams: 5, a_members: 5 }, empty: [] });
  expect(new Set(snapshot['a_teams']!.map(({ country, number }) => `${country} ${number}`)).size).toBe(5);
});

it('fills a table of nothing but references with a different pair in each row', async () => {
  const { rows } = await fill(
    `CREATE TABLE a (id uuid PRIMARY KEY); CREATE TABLE b (id uuid PRIMARY KEY);
     CREATE TABLE ab (a uuid REFERENCES a, b uuid REFERENCES b, PRIMARY KEY (a, b))`,
    { rowsPerTable: 20 },
  );
  expect(rows).toEqual({ a: 20, b: 20, ab: 20 });
});

it('closes circles and refers to the own table once the rows are there', async () => {
  const { snapshot, empty } = await fill(
    `CREATE TABLE teams (id int PRIMARY KEY, captain uuid);
     CREATE TABLE players (id uuid PRIMARY KEY, team int NOT NULL REFERENCES teams, mentor uuid REFERENCES players);
     ALTER TABLE teams ADD FOREIGN KEY (captain) REFERENCES players`,
    { nulls: 'none' },
  );
  expect(empty).toEqual([]);
  expect(snapshot['teams']!.every(({ captain }) => captain !== null)).toBe(true);
  expect(snapshot['players']!.every(({ id, mentor }) => mentor !== null && mentor !== id)).toBe(true);
});

it('lets rows that must have a parent be their own, whoever makes the key', async () => {
  const { rows } = await fill(`
    CREATE TABLE drawn (id uuid PRIMARY KEY, parent uuid NOT NULL REFERENCES drawn);
    CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent int NOT NULL REFERENCES numbered)`);
  expect(rows).toEqual({ drawn: 5, numbered: 5 });
});

it('finds rows that keep checks of many kinds at once', async () => {
  const { rows, empty } = await fill(`CREATE TABLE strict (
    percent smallint CHECK (percent BETWEEN 0 AND 100), "Odd name" int CHECK ("Odd name" > 41 AND "Odd name" < 43),
    code varchar(8) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{2}-[0-9]{3,5}$'), email text CHECK (email = lower(email)),
    kind text NOT NULL CHECK (kind IN ('it''s', 'that')), long text NOT NULL CHECK (length(long) >= 60),
    zones int[] NOT NULL CHECK (cardinality(zones) = 3 AND 0 <= ALL (zones)), low int, high int CHECK (low <= high),
    one int, other int, CHECK (num_nonnulls(one, other) = 1), data jsonb CHECK (jsonb_typeof(data) = 'array'),
    starts date NOT NULL, ends date NOT NULL, CHECK (ends > starts), twice int GENERATED ALWAYS AS (low * 2) STORED CHECK (twice > 10))`);
  expect({ rows, empty }).toEqual({ rows: { strict: 5 }, empty: [] });
});

it('goes round rules that are judged late, triggers that object, and checks that fail', async () => {
  const { rows, empty } = await fill(`
    CREATE TABLE late (n smallint UNIQUE DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE dividing (n int CHECK (10 / (n % 3) > 0));
    CREATE TABLE guarded (ok boolean NOT NULL);
    CREATE FUNCTION object() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NOT NEW.ok THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER object BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION object()`);
  expect({ rows, empty }).toEqual({ rows: { late: 5, dividing: 5, guarded: 5 }, empty: [] });
});

it('says of a table that cannot be filled why, and fills the rest', async () => {
  const { rows, empty } = await fill(`
    CREATE TYPE pair AS (a int, b int);
    CREATE TABLE unknown (value pair NOT NULL);
    CREATE TABLE never (n int NOT NULL, CONSTRAINT ck_never CHECK (n < n));
    CREATE TABLE parent (id int PRIMARY KEY CHECK (id < id));
    CREATE TABLE orphans (id int NOT NULL CONSTRAINT fk_parent REFERENCES parent);
    CREATE TABLE fine (id int)`);
  expect(rows).toEqual({ unknown: 0, never: 0, parent: 0, orphans: 0, fine: 5 });
  expect(empty).toEqual(
    expect.arrayContaining([
      { table: 'unknown', reason: 'value must have a value, and nothing is known about the type pair' },
      { table: 'never', reason: 'no drawn value keeps ck_never: CHECK ((n < n))' },
      { table: 'orphans', reason: 'fk_parent must refer to a row of parent, and there is none yet' },
    ]),
  );
});

it('keeps the rows that are there, and adds to them', async () => {
  const { snapshot } = await fill(`CREATE TABLE roles (id int PRIMARY KEY, name text UNIQUE);
    INSERT INTO roles VALUES (1, 'coach'), (2, 'player')`);
  expect(snapshot['roles']).toHaveLength(7);
  expect(snapshot['roles']).toEqual(expect.arrayContaining([{ id: '1', name: 'coach' }]));
});

it('draws the same rows from the same seed, and others from another', async () => {
  const TABLES = `CREATE TABLE clubs (id uuid PRIMARY KEY, name text, founded date, budget numeric(9,2))`;
  const first = await fill(TABLES, { seed: 7 });
  const again = await fill(`DROP TABLE clubs; ${TABLES}`, { seed: 7 });
  const other = await fill(`DROP TABLE clubs; ${TABLES}`, { seed: 8 });
  expect(again.snapshot).toEqual(first.snapshot);
  expect(other.snapshot).not.toEqual(first.snapshot);
});

it('draws values that fit the type which a column is about to get, also in what it refers to', async () => {
  await fill(
    `CREATE TYPE mood AS ENUM ('a', 'b', 'c');
     CREATE TABLE parents (id bigint PRIMARY KEY);
     CREATE TABLE narrowing (code text NOT NULL, amount numeric(20,6) NOT NULL, at timestamptz NOT NULL, n text NOT NULL,
       flag int NOT NULL, mood mood NOT NULL, parent bigint NOT NULL REFERENCES parents)`,
    {
      rowsPerTable: 30,
      drawAs: new Map([
        ['narrowing.code', 'character varying(4)'],
        ['narrowing.amount', 'numeric(4,1)'],
        ['narrowing.at', 'date'],
        ['narrowing.n', 'smallint'],
        ['narrowing.flag', 'boolean'],
        ['narrowing.mood', 'mood'],
        ['narrowing.parent', 'smallint'],
      ]),
      enums: { mood: { schema: 'public', name: 'mood', labels: ['a', 'c'] } },
    },
  );
  const { rows } = await client.query<{ ok: boolean }>(
    `SELECT length(code) <= 4 AND amount::numeric(4,1) = amount AND n::smallint IS NOT NULL AND flag IN (0, 1)
       AND date_trunc('day', at, 'UTC') = at AND mood <> 'b' AND parent::smallint IS NOT NULL AS ok FROM narrowing`,
  );
  expect(rows.map(({ ok }) => ok)).toEqual(Array.from({ length: 30 }, () => true));
});

it('fills a column that is null in rows that are there', async () => {
  await fill(`CREATE TABLE clubs (id serial PRIMARY KEY);
    CREATE TABLE teams (id serial PRIMARY KEY, club_id int REFERENCES clubs, size int CHECK (size BETWEEN 1 AND 9), code text UNIQUE)`);
  await client.query('UPDATE teams SET club_id = NULL, size = NULL, code = NULL');
  const catalog = await readCatalog(query);
  for (const column of ['club_id', 'size', 'code'])
    expect(await fillColumn(query, catalog, 'teams', column)).toEqual({ rows: 5, reason: null });
  expect((await client.query('SELECT num_nulls(club_id, size, code) AS nulls FROM teams')).rows).toEqual(
    Array.from({ length: 5 }, () => ({ nulls: 0 })),
  );
});

it('fills a column with values that differ, and that fit the type which it goes back to', async () => {
  await fill(
    `CREATE TABLE clubs (id serial PRIMARY KEY); CREATE TABLE teams (code text UNIQUE, club_id int UNIQUE REFERENCES clubs)`,
    { nulls: 'none' },
  );
  await client.query(`UPDATE teams SET code = NULL, club_id = NULL WHERE club_id <> 3`);
  const catalog = await readCatalog(query);
  await fillColumn(query, catalog, 'teams', 'code', { drawAs: 'smallint' });
  await fillColumn(query, catalog, 'teams', 'club_id');
  const { rows } = await client.query(
    'SELECT count(DISTINCT club_id)::int AS clubs, count(DISTINCT code)::int AS codes FROM teams',
  );
  expect(rows).toEqual([{ clubs: 5, codes: 5 }]);
  await client.query(
    `DELETE FROM teams WHERE club_id = 3; ALTER TABLE teams ALTER code TYPE smallint USING code::smallint`,
  );
});
