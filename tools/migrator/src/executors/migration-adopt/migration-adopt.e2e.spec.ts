/** `migration-adopt`: what it accepts, what it refuses with which words, and that killing it leaves nothing or all. */
import { withConnection } from '../../pg/connect';
import { createDatabase } from '../../pg/create-database';
import { createTable } from '../../testing/club-services';
import { databaseFacts } from '../../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';
import { randomSeed } from '../../testing/migrator-tests.config';
import { waitUntil } from '../../testing/wait-until';

const SERVICE = 'user-service';
const USERS = [
  'CREATE TABLE users (id int PRIMARY KEY, email varchar(255) NOT NULL, age int CHECK (age BETWEEN 0 AND 130))',
];

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({
    services: {
      [SERVICE]: {
        migrations: {
          '1700000000001-InitialSchema': { up: [...USERS, `INSERT INTO users VALUES (1, 'a', 1)`] },
          '1700000000002-AddTeams': createTable('teams'),
          '1700000000003-AddGames': createTable('games'),
        },
      },
    },
  });
});
afterEach(() => workspace.remove());

/** A database that somebody made without us. */
async function grown(...statements: string[]): Promise<void> {
  await createDatabase(workspace.urlOf(SERVICE), SERVICE);
  await withConnection(workspace.urlOf(SERVICE), SERVICE, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

const adopt = (...args: string[]) => workspace.cli(['migration-adopt', SERVICE, ...args]);
const adoptInProduction = (...args: string[]) =>
  workspace.cli(['migration-adopt', SERVICE, ...args], { env: { NODE_ENV: 'production' } });
const facts = async () => {
  const { ledger, history, rows } = (await databaseFacts(workspace, SERVICE)) ?? {};
  return { ledger, history, rows };
};
const UNTOUCHED = { ledger: undefined, history: undefined };

test('records the baseline without running it, and migrate goes on from there', async () => {
  await grown(...USERS, `INSERT INTO users VALUES (7, 'ada@club.test', 30)`);
  const dry = await adopt('--dry-run');
  expect(dry.stdout).toContain(
    'Would record as applied, without running them:\n  InitialSchema1700000000001\nDry run: nothing was changed.',
  );
  expect(await facts()).toEqual({ ...UNTOUCHED, rows: { users: 1 } });

  const { exitCode, stdout } = await adopt();
  expect(stdout).toContain(
    'Recorded as applied, without running them:\n  InitialSchema1700000000001\nRows were not compared',
  );
  expect(exitCode).toBe(0);
  expect(await facts()).toEqual({
    ledger: ['InitialSchema1700000000001'],
    history: ['up InitialSchema1700000000001'],
    rows: { users: 1 },
  });
  const [entry] = await workspace.query<{ duration_ms: number; applied_by: string; checksum: string }>(
    SERVICE,
    'SELECT * FROM migrator.history',
  );
  expect(entry).toMatchObject({ duration_ms: 0, applied_by: expect.stringMatching(/^.+@.+ \(adopted\)$/) });

  expect((await workspace.cli(['migrate', '--no-backup'])).exitCode).toBe(0);
  expect((await facts()).rows).toEqual({ users: 1, teams: 10, games: 10 });
  expect((await workspace.cli(['migration-status'])).exitCode).toBe(0);

  const again = await adopt();
  expect(again).toMatchObject({
    exitCode: 1,
    stderr:
      'user-service: its database has a record of migrations already (3 applied), so there is nothing to adopt. `migration-status` shows them.\n',
  });
});

test('--baseline records all up to it; a name that is none is told', async () => {
  await grown(...USERS, 'CREATE TABLE teams (id int PRIMARY KEY)');
  expect((await adopt('--baseline', 'Nothing')).stderr).toBe(
    'user-service: --baseline Nothing names none of its migrations. There are: InitialSchema1700000000001, AddTeams1700000000002, AddGames1700000000003.\n',
  );
  expect((await adopt('--baseline', 'AddTeams')).exitCode).toBe(0);
  expect((await facts()).ledger).toEqual(['InitialSchema1700000000001', 'AddTeams1700000000002']);
});

test('refuses another schema with every difference, and changes nothing', async () => {
  await grown(
    'CREATE TABLE users (id int PRIMARY KEY, email varchar(100), age int CHECK (age BETWEEN 0 AND 130))',
    'CREATE TABLE notes (id int)',
  );
  const { exitCode, stderr } = await adopt();
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    'user-service: its database is not what InitialSchema1700000000001 makes, so nothing was recorded. It differs in:\n' +
      '  notes: the table is not expected\n' +
      '  users.email: type is character varying(100), expected character varying(255)\n' +
      '  users.email: nullability is nullable, expected not null\n' +
      'Change the database by hand to what is expected, or the baseline migration to what is there, or name another one with ' +
      '--baseline; then adopt again.\n',
  );
  expect(await facts()).toEqual({ ...UNTOUCHED, rows: { users: 0, notes: 0 } });
});

test('accepts a check that only prints differently, as after a restore', async () => {
  await workspace.writeMigration(SERVICE, '1700000000001-InitialSchema', {
    up: ['CREATE TABLE users (age int, CONSTRAINT ck CHECK (age BETWEEN 1 AND 2 AND age BETWEEN 3 AND 4))'],
  });
  await grown(
    'CREATE TABLE users (age int, CONSTRAINT ck CHECK (((age >= 1) AND (age <= 2)) AND ((age >= 3) AND (age <= 4))))',
  );
  expect(await adopt()).toMatchObject({ exitCode: 0, stderr: '' });
});

test('says that there is nothing to adopt: no database, an empty one', async () => {
  expect((await adopt()).stderr).toMatch(
    /^user-service: there is no database .*, so there is nothing to adopt\./,
  );
  await grown();
  expect((await adopt()).stderr).toBe(
    'user-service: its database is empty, so there is nothing to adopt. If the URL is right, `migrate` makes everything.\n',
  );
});

test('a table public.migrations of another framework is told, and kept', async () => {
  await grown(...USERS, 'CREATE TABLE migrations (version text)');
  const { exitCode, stderr } = await adopt();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^adopting the database of user-service failed, and nothing was recorded: .*must be renamed first\.\n$/s,
  );
  const [found] = await workspace.query<{ schema: string | null }>(
    SERVICE,
    `SELECT to_regnamespace('migrator')::text AS schema`,
  );
  expect(found).toEqual({ schema: null });
});

test('a superuser is refused in production, whose tables the role that migrates could not write to', async () => {
  await grown(...USERS);
  const refused = await adoptInProduction();
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(
    /^user-service: NODE_ENV is production and its database URL names \w+, a superuser\. Nothing was changed\./,
  );
  expect(await facts()).toMatchObject(UNTOUCHED);

  expect((await adoptInProduction('--dry-run')).exitCode).toBe(0);
  expect((await adoptInProduction('--allow-superuser')).exitCode).toBe(0);
  expect((await facts()).ledger).toEqual(['InitialSchema1700000000001']);
});

test('waits while a migrator is at work there', async () => {
  await grown(...USERS);
  await withConnection(workspace.urlOf(SERVICE), SERVICE, async (client) => {
    await client.query('SELECT pg_advisory_lock(1752130411, 1)');
    const adopting = workspace.spawnCli(['migration-adopt', SERVICE]);
    await adopting.printed(/another migrator is at work/);
    expect(await facts()).toMatchObject(UNTOUCHED);
    await client.query('SELECT pg_advisory_unlock_all()');
    expect((await adopting.exited).exitCode).toBe(0);
  });
});

test('killed between the history tables and the commit: nothing is there', async () => {
  await grown(
    ...USERS,
    `CREATE FUNCTION stall() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_lock(77); END $$`,
  );
  await withConnection(workspace.urlOf(SERVICE), SERVICE, async (client) => {
    // The function would be a difference; hidden where an extension's things are, it is none.
    await client.query(`CREATE EXTENSION dict_int`);
    await client.query(`ALTER EXTENSION dict_int ADD FUNCTION stall()`);
    await client.query(
      `CREATE EVENT TRIGGER stall ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION stall()`,
    );
    await client.query('SELECT pg_advisory_lock(77)');
    const adopting = workspace.spawnCli(['migration-adopt', SERVICE]);
    const waiting = async () => {
      const { rowCount } = await client.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 77 AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rowCount === 1;
    };
    await waitUntil('adopt stands in its transaction', async () => (await waiting()) || undefined);
    adopting.kill('SIGKILL');
    await adopting.exited;
    await client.query('SELECT pg_advisory_unlock(77)');
    await waitUntil('Postgres has noticed that it is gone', async () => !(await waiting()) || undefined);
    expect(await facts()).toMatchObject(UNTOUCHED);
    await client.query('DROP EVENT TRIGGER stall');
  });
  expect((await adopt()).exitCode).toBe(0);
});

test('killed at random moments: nothing or all, and the next one ends well', async () => {
  await grown(...USERS, 'CREATE TABLE teams (id int PRIMARY KEY)');
  const seed = randomSeed();
  const startedAt = performance.now();
  await adopt('--baseline', 'AddTeams', '--dry-run');
  const wholeMs = performance.now() - startedAt;
  for (let round = 0; round < 4; round++) {
    const adopting = workspace.spawnCli(['migration-adopt', SERVICE, '--baseline', 'AddTeams']);
    const after = wholeMs * (0.4 + (((seed % 1_000) / 1_000 + round * 0.2) % 0.8));
    const timer = setTimeout(() => adopting.kill('SIGKILL'), after);
    await adopting.exited;
    clearTimeout(timer);
    const { ledger } = await facts();
    if (ledger && ledger.length !== 2)
      throw new Error(`half adopted: killed after ${after} ms, MIGRATOR_TEST_SEED=${seed}`);
  }
  const last = await adopt('--baseline', 'AddTeams');
  expect(last.exitCode === 0 || last.stderr.includes('(2 applied)')).toBe(true);
});
