import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { QueryRunner } from 'typeorm';
import type { Migration, MigrationClass } from '../model';
import { withConnection } from '../pg/connect';
import { replay } from './replay';

let database: TestDatabase;
let timestamp = 0;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

type Step = (queryRunner: QueryRunner) => Promise<unknown>;

function migration(name: string, up: Step, { down = up, transaction = true } = {}): Migration {
  const migrationClass: MigrationClass = class {
    async up(queryRunner: QueryRunner): Promise<void> {
      await up(queryRunner);
    }
    async down(queryRunner: QueryRunner): Promise<void> {
      await down(queryRunner);
    }
  };
  const file = `apps/user-service/src/migrations/${name}.ts`;
  return {
    service: 'user-service',
    name,
    timestamp: ++timestamp,
    file,
    path: file,
    checksum: '',
    dependsOn: [],
    replaces: [],
    transaction,
    migrationClass,
  };
}

const tables = () =>
  withConnection(database.url, 'test', async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  });

const create = (table: string) =>
  migration(`Create_${table}`, (runner) => runner.query(`CREATE TABLE ${table} (id int)`), {
    down: (runner) => runner.query(`DROP TABLE ${table}`),
  });

it('runs migrations in the order given, and leaves no ledger', async () => {
  const [first, second] = [create('clubs'), create('teams')];
  expect(await replay(database.url, 'user-service', [second, first])).toEqual([
    { migration: second, statements: ['CREATE TABLE teams (id int)'] },
    { migration: first, statements: ['CREATE TABLE clubs (id int)'] },
  ]);
  expect(await tables()).toEqual(['public.clubs', 'public.teams']);
});

it('runs them down as well', async () => {
  const clubs = create('clubs');
  await replay(database.url, 'user-service', [clubs]);
  const [recorded] = await replay(database.url, 'user-service', [clubs], 'down');
  expect(recorded?.statements).toEqual(['DROP TABLE clubs']);
  expect(await tables()).toEqual([]);
});

it('records statements with their parameters in place, so that they can be run as they stand', async () => {
  const filled = migration('Fill', async (runner) => {
    await runner.query(
      'CREATE TABLE clubs (name text, seats int, tags text[], at timestamptz, note jsonb, logo bytea)',
    );
    await runner.query('INSERT INTO clubs VALUES ($1, $2, $3, $4, $5, $6)', [
      `O'Hara's \\ "Club" $1`,
      25,
      ['a', `b'c`],
      new Date(0),
      { a: [null, 1] },
      Buffer.from([0, 255]),
    ]);
  });
  const [recorded] = await replay(database.url, 'user-service', [filled]);
  const [, insert = ''] = recorded?.statements ?? [];
  const rows = await withConnection(database.url, 'test', async (client) => {
    await client.query(insert);
    return (await client.query('SELECT DISTINCT * FROM clubs')).rows;
  });
  expect(rows).toEqual([
    {
      name: `O'Hara's \\ "Club" $1`,
      seats: 25,
      tags: ['a', `b'c`],
      at: new Date(0),
      note: { a: [null, 1] },
      logo: Buffer.from([0, 255]),
    },
  ]);
});

it('runs outside a transaction what must', async () => {
  await replay(database.url, 'user-service', [create('clubs')]);
  const concurrently = (runner: QueryRunner) => runner.query('CREATE INDEX CONCURRENTLY ix ON clubs (id)');
  const [recorded] = await replay(database.url, 'user-service', [
    migration('Index', concurrently, { transaction: false }),
  ]);
  expect(recorded?.statements).toEqual(['CREATE INDEX CONCURRENTLY ix ON clubs (id)']);
  await expect(
    replay(database.url, 'user-service', [migration('Wrong', concurrently)]),
  ).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
});

it('names the migration that fails and its file, and leaves nothing of it', async () => {
  const failing = migration('Fails', async (runner) => {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('SELECT nonsense');
  });
  const replayed = replay(database.url, 'user-service', [create('clubs'), failing, create('never')]);
  await expect(replayed).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message:
      'user-service: replaying Fails (up) in a scratch database failed: column "nonsense" does not exist\n' +
      'file: apps/user-service/src/migrations/Fails.ts',
  });
  expect(await tables()).toEqual(['public.clubs']);
});

it.each<[string, Step, boolean]>([
  ['leaves a transaction open', (runner) => runner.startTransaction(), true],
  ['ends the transaction it runs in', (runner) => runner.query('COMMIT'), true],
  ['leaves one open outside a transaction', (runner) => runner.query('BEGIN'), false],
  ['goes on after an error', (runner) => runner.query('SELECT nonsense').catch(() => undefined), true],
])('refuses a migration that %s, as a run on a real database does', async (_, up, transaction) => {
  const replayed = replay(database.url, 'user-service', [migration('Meddles', up, { transaction })]);
  await expect(replayed).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    cause: { name: 'TransactionMisused' },
  });
});
