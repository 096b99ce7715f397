import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { Client } from 'pg';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { withDatabase } from '../pg/connection-url';
import type { Query } from '../pg/query';
import { ensureLedger, readLedger, recordStep, type HistoryEntry } from './ledger';
import { startOwnServer } from '../testing/own-server';

const TIMESTAMP = 1_764_000_000_000;
const ENTRY: HistoryEntry = {
  name: `AddTeams${TIMESTAMP}`,
  timestamp: TIMESTAMP,
  direction: 'up',
  checksum: 'a'.repeat(64),
  durationMs: 12.6,
};

/** Something that TypeORM's own command has run. */
class AddTeams1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE teams (id int)');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE teams');
  }
}

let database: Pick<TestDatabase, 'url' | 'drop'>;
let client: Client;
let query: Query;

async function connect(url: string): Promise<void> {
  client = new Client({ connectionString: url });
  await client.connect();
  query = async <Row>(sql: string, parameters?: unknown[]) =>
    (await client.query(sql, parameters)).rows as Row[];
}

const read = () => readLedger('user-service', query);

async function withTypeOrm<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    entities: [],
    migrations: [AddTeams1764000000000],
    installExtensions: false,
  });
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

function examples(): void {
  it('tells an empty database from one whose tables nobody accounts for', async () => {
    expect(await read()).toEqual({ service: 'user-service', state: 'empty', applied: [] });
    await query('CREATE TABLE teams (id int)');
    expect(await read()).toEqual({ service: 'user-service', state: 'foreign', applied: [] });
  });

  it.each([
    ['a view', 'CREATE VIEW one AS SELECT 1'],
    ['a materialized view', 'CREATE MATERIALIZED VIEW one AS SELECT 1'],
    ['a partitioned table', 'CREATE TABLE parts (a int) PARTITION BY LIST (a)'],
    [
      "another framework's table of the ledger's name",
      'CREATE TABLE migrations (id int, migration text, batch int)',
    ],
    ['a table in another schema', 'CREATE SCHEMA other CREATE TABLE a (b int)'],
  ])('counts %s as a table', async (_, sql) => {
    await query(sql);
    expect(await read()).toMatchObject({ state: 'foreign' });
  });

  it.each([
    ['schemas', 'CREATE SCHEMA other'],
    ['sequences', 'CREATE SEQUENCE s'],
    ['types', `CREATE TYPE t AS ENUM ('a')`],
    ['functions', `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    ['the tables of a session', 'CREATE TEMPORARY TABLE a (b int)'],
    // What an extension's script makes; none that has tables is in every installation.
    ['the tables of an extension', `CREATE TABLE a (b int); ALTER EXTENSION plpgsql ADD TABLE a`],
  ])('does not count %s as tables', async (_, sql) => {
    await query(sql);
    expect(await read()).toMatchObject({ state: 'empty' });
  });

  it('reads without writing', async () => {
    await client.query('BEGIN READ ONLY');
    expect(await read()).toMatchObject({ state: 'empty' });
    await client.query('COMMIT');
  });

  it('makes its tables once, however often it is asked to', async () => {
    await ensureLedger(query);
    await ensureLedger(query);
    expect(await read()).toEqual({ service: 'user-service', state: 'present', applied: [] });
  });

  it('records what was applied and reverted, and keeps the history of both', async () => {
    await ensureLedger(query);
    const later = {
      ...ENTRY,
      name: `Later${TIMESTAMP - 1}`,
      timestamp: TIMESTAMP - 1,
      checksum: 'b'.repeat(64),
    };
    await recordStep(query, ENTRY, 'ada@club');
    await recordStep(query, later, 'ada@club');
    expect(await read()).toEqual({
      service: 'user-service',
      state: 'present',
      applied: [
        { name: ENTRY.name, timestamp: TIMESTAMP, position: 1, checksum: ENTRY.checksum },
        { name: later.name, timestamp: TIMESTAMP - 1, position: 2, checksum: later.checksum },
      ],
    });

    await recordStep(query, { ...later, direction: 'down' }, 'bob@club');
    expect((await read()).applied.map(({ name }) => name)).toEqual([ENTRY.name]);
    expect(
      await query(
        'SELECT name, direction, checksum, duration_ms, applied_by FROM migrator.history ORDER BY id',
      ),
    ).toEqual([
      {
        name: ENTRY.name,
        direction: 'up',
        checksum: ENTRY.checksum,
        duration_ms: 13,
        applied_by: 'ada@club',
      },
      {
        name: later.name,
        direction: 'up',
        checksum: later.checksum,
        duration_ms: 13,
        applied_by: 'ada@club',
      },
      {
        name: later.name,
        direction: 'down',
        checksum: later.checksum,
        duration_ms: 13,
        applied_by: 'bob@club',
      },
    ]);
  });

  it('takes the checksum of the last time a migration was applied', async () => {
    await ensureLedger(query);
    await recordStep(query, ENTRY, 'ada@club');
    await recordStep(query, { ...ENTRY, direction: 'down' }, 'ada@club');
    await recordStep(query, { ...ENTRY, checksum: 'c'.repeat(64) }, 'ada@club');
    expect((await read()).applied.map(({ checksum }) => checksum)).toEqual(['c'.repeat(64)]);
  });

  it('records in the transaction that is open, and nothing where that is rolled back', async () => {
    await ensureLedger(query);
    await client.query('BEGIN');
    await recordStep(query, ENTRY, 'ada@club');
    await client.query('ROLLBACK');
    expect((await read()).applied).toEqual([]);
    expect(await query('SELECT FROM migrator.history')).toEqual([]);
  });

  it('reads what TypeORM has applied, without a checksum', async () => {
    await withTypeOrm((dataSource) => dataSource.runMigrations());
    const applied = [{ name: 'AddTeams1764000000000', timestamp: TIMESTAMP, position: 1, checksum: null }];
    expect(await read()).toEqual({ service: 'user-service', state: 'present', applied });
    await ensureLedger(query);
    expect(await read()).toEqual({ service: 'user-service', state: 'present', applied });
  });

  it('agrees with TypeORM: what we recorded is applied to it, and what we took back is pending', async () => {
    await ensureLedger(query);
    await recordStep(query, ENTRY, 'ada@club');
    expect(await withTypeOrm((dataSource) => dataSource.showMigrations())).toBe(false);
    await recordStep(query, { ...ENTRY, direction: 'down' }, 'ada@club');
    expect(await withTypeOrm((dataSource) => dataSource.showMigrations())).toBe(true);
  });

  it('has no checksum for what we reverted and TypeORM applied again', async () => {
    await ensureLedger(query);
    await recordStep(query, ENTRY, 'ada@club');
    await recordStep(query, { ...ENTRY, direction: 'down' }, 'ada@club');
    await withTypeOrm((dataSource) => dataSource.runMigrations());
    expect((await read()).applied).toEqual([
      { name: ENTRY.name, timestamp: TIMESTAMP, position: 2, checksum: null },
    ]);
  });
}

describe("on the test run's server", () => {
  beforeEach(async () => {
    database = await createTestDatabase();
    await connect(database.url);
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });
  examples();
});

describe('on Postgres 15', () => {
  let server: Awaited<ReturnType<typeof startOwnServer>>;
  let admin: Client;
  let count = 0;

  beforeAll(async () => {
    server = await startOwnServer({ major: 15 });
    admin = new Client({ connectionString: server.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.end();
    await server?.stop();
  });
  beforeEach(async () => {
    const name = `ledger_${++count}`;
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    database = {
      url: withDatabase(server.url, name, 'test'),
      drop: async () => void (await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)),
    };
    await connect(database.url);
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });
  examples();
});
