import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Migration } from '../model';
import { withConnection } from '../pg/connect';
import { sqlMigration } from '../testing/sql-migration';
import { strongestLocks } from './lock-modes';
import type { MigrationTrace } from './migration-trace';
import { traceMigration, traceMigrations, type TraceOptions } from './trace-migration';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await withConnection(database.url, 'test', (client) =>
    client.query(`
      CREATE TABLE teams (id int PRIMARY KEY, name text);
      CREATE TABLE users (id int PRIMARY KEY, email text, team_id int, age smallint);
      CREATE SCHEMA legacy;
      CREATE TABLE legacy.users (id int PRIMARY KEY);
      INSERT INTO teams SELECT n, 'team ' || n FROM generate_series(1, 10) n;
      INSERT INTO users SELECT n, n || '@hub.test', n % 10 + 1, 30 FROM generate_series(1, 100) n;
      INSERT INTO legacy.users VALUES (1)`),
  );
});
afterEach(() => database.drop());

const trace = (migration: Migration, options?: TraceOptions) =>
  traceMigration(database.url, 'user-service', migration, options);
const traceUp = (...statements: string[]) => trace(sqlMigration(statements), { preferIndexes: true });
const strongest = ({ locks }: MigrationTrace) =>
  strongestLocks(locks).map(({ table, mode, blocks }) => `${table}: ${mode}, blocks ${blocks}`);
const work = (trace: MigrationTrace) =>
  trace.work.map(({ kind, table, statement, stalled }) => {
    const locks = stalled.map((lock) => `${lock.table} ${lock.blocks}`).join(', ');
    return `${statement}: ${kind} of ${table}${locks ? ` while blocked: ${locks}` : ''}`;
  });

const LOCKS_ON_USERS: readonly (readonly [statement: string, mode: string, blocks: string])[] = [
  ['SELECT count(*) FROM users', 'AccessShareLock', 'nothing'],
  ['SELECT * FROM users FOR UPDATE', 'RowShareLock', 'nothing'],
  [`UPDATE users SET email = 'x' WHERE id = 1`, 'RowExclusiveLock', 'nothing'],
  ['ALTER TABLE users ALTER COLUMN age SET STATISTICS 10', 'ShareUpdateExclusiveLock', 'schema changes'],
  ['CREATE INDEX users_email ON users (email)', 'ShareLock', 'writes'],
  ['ALTER TABLE users ENABLE TRIGGER USER', 'ShareRowExclusiveLock', 'writes'],
  ['LOCK TABLE users IN EXCLUSIVE MODE', 'ExclusiveLock', 'writes'],
  ['ALTER TABLE users ADD COLUMN x int', 'AccessExclusiveLock', 'reads and writes'],
];

test.each(LOCKS_ON_USERS)('%s takes %s', async (statement, mode, blocks) => {
  expect(strongest(await traceUp(statement))).toEqual([`users: ${mode}, blocks ${blocks}`]);
});

test('what else has no lock: other schemas by their names, tables that the migration makes left out', async () => {
  const traced = await traceUp(
    'CREATE TABLE clubs (id int PRIMARY KEY, team_id int REFERENCES teams)',
    'ALTER TABLE clubs ADD COLUMN name text',
    'ALTER TABLE legacy.users ADD COLUMN name text',
  );
  expect(strongest(traced)).toEqual([
    'legacy.users: AccessExclusiveLock, blocks reads and writes',
    'teams: ShareRowExclusiveLock, blocks writes',
  ]);
});

test('a lock is held from its statement to the end of the transaction, without the time that watching takes', async () => {
  const traced = await traceUp(
    'SELECT pg_sleep(0.2)',
    'ALTER TABLE teams ADD COLUMN x int',
    'SELECT pg_sleep(0.3)',
    'ALTER TABLE users ADD COLUMN x int',
  );
  const held = new Map(strongestLocks(traced.locks).map((lock) => [lock.table, lock]));
  expect(held.get('teams')).toMatchObject({ statement: 1 });
  expect(held.get('users')).toMatchObject({ statement: 3 });
  // However slow the machine: the sleeps are in the one and not in the other.
  expect(held.get('teams')!.heldMs).toBeGreaterThanOrEqual(held.get('users')!.heldMs + 290);
  expect(traced.durationMs).toBeGreaterThanOrEqual(held.get('teams')!.heldMs + 190);
});

test('a lock that a savepoint gives back is no longer held', async () => {
  const traced = await traceUp(
    'SAVEPOINT before',
    'ALTER TABLE teams ADD COLUMN x int',
    'ROLLBACK TO before',
    'SELECT pg_sleep(0.3)',
  );
  const [lock] = strongestLocks(traced.locks);
  expect(lock).toMatchObject({ table: 'teams', mode: 'AccessExclusiveLock' });
  expect(lock!.heldMs).toBeLessThan(traced.durationMs - 290);
});

const WORK: readonly (readonly [what: string, statements: string[], expected: string[]])[] = [
  ['a new column without default', ['ALTER TABLE users ADD COLUMN x int'], []],
  ['a constant default', [`ALTER TABLE users ADD COLUMN x int DEFAULT 1`], []],
  [
    'a volatile default',
    ['ALTER TABLE users ADD COLUMN x float DEFAULT random()'],
    ['0: rewrite of users while blocked: users reads and writes'],
  ],
  ['a wider varchar', ['ALTER TABLE users ALTER COLUMN email TYPE varchar'], []],
  [
    'another type',
    ['ALTER TABLE users ALTER COLUMN age TYPE bigint'],
    ['0: rewrite of users while blocked: users reads and writes'],
  ],
  ['TRUNCATE', ['TRUNCATE users'], ['0: rewrite of users while blocked: users reads and writes']],
  ['an index', ['CREATE INDEX ON users (email)'], ['0: scan of users while blocked: users writes']],
  [
    'a unique constraint',
    ['ALTER TABLE users ADD UNIQUE (email)'],
    ['0: scan of users while blocked: users reads and writes'],
  ],
  [
    'a check',
    ['ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)'],
    ['0: scan of users while blocked: users reads and writes'],
  ],
  [
    'a check that is not validated',
    ['ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID'],
    [],
  ],
  [
    'a check, validated in the same transaction',
    [
      'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID',
      'ALTER TABLE users VALIDATE CONSTRAINT adult',
    ],
    ['1: scan of users while blocked: users reads and writes'],
  ],
  [
    'NOT NULL',
    ['ALTER TABLE users ALTER COLUMN email SET NOT NULL'],
    ['0: scan of users while blocked: users reads and writes'],
  ],
  [
    'a foreign key that is not validated',
    ['ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES teams (id) NOT VALID'],
    [],
  ],
  [
    'a row found by its key, while a table is locked',
    ['ALTER TABLE teams ADD COLUMN x int', 'UPDATE users SET age = 31 WHERE id = 7'],
    [],
  ],
  [
    'every row changed, while another table is locked',
    ['ALTER TABLE teams ADD COLUMN x int', 'UPDATE users SET age = 31'],
    ['1: update of users while blocked: teams reads and writes'],
  ],
  [
    'every row changed, and only then a table locked',
    ['UPDATE users SET age = 31', 'ALTER TABLE teams ADD COLUMN x int'],
    ['0: update of users'],
  ],
];

test.each(WORK)('work: %s', async (_what, statements, expected) => {
  expect(work(await traceUp(...statements))).toEqual(expected);
});

test('work: a foreign key that is checked', async () => {
  await withConnection(database.url, 'test', (client) => client.query('CREATE INDEX ON users (team_id)'));
  expect(work(await traceUp('ALTER TABLE users ADD FOREIGN KEY (team_id) REFERENCES teams'))).toContain(
    '0: foreign-key-check of users while blocked: teams writes, users writes',
  );
});

test('work: NOT NULL that a valid check proves reads nothing', async () => {
  const options = { preferIndexes: true };
  const [add, validate, set] = await traceMigrations(
    database.url,
    'user-service',
    [
      sqlMigration(['ALTER TABLE users ADD CONSTRAINT has_email CHECK (email IS NOT NULL) NOT VALID']),
      sqlMigration(['ALTER TABLE users VALIDATE CONSTRAINT has_email']),
      sqlMigration([
        'ALTER TABLE users ALTER COLUMN email SET NOT NULL',
        'ALTER TABLE users DROP CONSTRAINT has_email',
      ]),
    ],
    options,
  );
  expect([add, validate, set].map((traced) => work(traced!))).toEqual([[], ['0: scan of users'], []]);
  expect(strongest(validate!)).toEqual(['users: ShareUpdateExclusiveLock, blocks schema changes']);
});

describe('outside a transaction', () => {
  const outside = (...statements: string[]) =>
    trace(sqlMigration(statements, { transaction: false }), { preferIndexes: true });

  test('each statement has a transaction, so a lock ends with its statement', async () => {
    const traced = await outside(
      'ALTER TABLE teams ADD COLUMN x int',
      'SELECT pg_sleep(0.3)',
      'UPDATE users SET age = 31',
    );
    const teams = strongestLocks(traced.locks).find(({ table }) => table === 'teams');
    expect(teams).toMatchObject({ mode: 'AccessExclusiveLock', statement: 0 });
    expect(teams!.heldMs).toBeLessThan(traced.durationMs - 290);
    expect(work(traced)).toEqual(['2: update of users']);
  });

  test('a statement that no transaction may hold is watched from outside', async () => {
    await withConnection(database.url, 'test', (client) =>
      client.query(`INSERT INTO users SELECT n, n || '@hub.test', 1, 30 FROM generate_series(101, 100000) n`),
    );
    const traced = await outside(
      'CREATE INDEX CONCURRENTLY users_email ON users (email)',
      'VACUUM FULL teams',
    );
    expect(strongest(traced)).toContain('users: ShareUpdateExclusiveLock, blocks schema changes');
    expect(traced.rewritten).toEqual(['teams']);
    const [index] = await withConnection(database.url, 'test', async (client) => {
      const { rows } = await client.query(
        `SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_email'::regclass`,
      );
      return rows as { indisvalid: boolean }[];
    });
    expect(index).toEqual({ indisvalid: true });
  });

  test('a transaction that the migration opens by itself is one', async () => {
    const traced = await outside(
      'BEGIN',
      'ALTER TABLE teams ADD COLUMN x int',
      'UPDATE users SET age = 31',
      'COMMIT',
      'UPDATE users SET age = 32',
    );
    expect(work(traced)).toEqual([
      '2: update of users while blocked: teams reads and writes',
      '4: update of users',
    ]);
  });
});

test('facts of the whole: statements with their parameters, WAL, growth', async () => {
  const traced = await trace(
    sqlMigration(async (queryRunner) => {
      await queryRunner.query('UPDATE users SET email = $1 WHERE id = $2', [`o'hara@hub.test`, 7]);
      await queryRunner.query(
        `INSERT INTO users SELECT n, repeat('x', 200) FROM generate_series(1001, 3000) n`,
      );
    }),
  );
  expect(traced.statements[0]).toBe(`UPDATE users SET email = 'o''hara@hub.test' WHERE id = '7'`);
  expect(traced.lines).toEqual([null, null]);
  expect(traced.walBytes).toBeGreaterThan(400_000);
  expect(traced.diskBytes).toBeGreaterThan(400_000);
});

test('statements that are not waited for one by one are told apart', async () => {
  const traced = await trace(
    sqlMigration((queryRunner) =>
      Promise.all([
        queryRunner.query('ALTER TABLE teams ADD COLUMN x int'),
        queryRunner.query('ALTER TABLE users ADD COLUMN x int'),
      ]),
    ),
  );
  expect(traced.locks.filter(({ blocks }) => blocks === 'reads and writes')).toMatchObject([
    { table: 'teams', statement: 0 },
    { table: 'users', statement: 1 },
  ]);
});

test('a migration that fails is named, and leaves no session behind', async () => {
  const steps: string[] = [];
  const good = sqlMigration(['ALTER TABLE users ADD COLUMN x int']);
  const bad = sqlMigration(['ALTER TABLE nowhere ADD COLUMN x int']);
  const run = traceMigrations(database.url, 'user-service', [good, bad], {
    onStep: ({ migration }) => void steps.push(migration),
  });
  await expect(run).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: `user-service: running ${bad.name} (up) in a scratch database failed: relation "nowhere" does not exist\nfile: ${bad.file}`,
  });
  expect(steps).toEqual([good.name]);
  const others = await withConnection(database.url, 'test', async (client) => {
    const { rowCount } = await client.query(
      'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return rowCount;
  });
  expect(others).toBe(0);
});
