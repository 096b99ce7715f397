/**
 * What can be wrong with the way to a database. Each: one error that names the service and what to do, exit 1, no password
 * anywhere; the service's dependents wait, the other services are in order.
 */
import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { testServerUrl } from '../testing/migrator-tests.config';
import { startOwnServer } from '../testing/own-server';
import { waitUntil } from '../testing/wait-until';
import { withConnection } from './connect';

const SECRET = 's3cr3t';
const ROLE = 'migrator_test_without_createdb';

interface Fault {
  readonly fault: string;
  /** What stands in USER_SERVICE_DATABASE_URL; `good` is what should. */
  readonly url: (good: URL) => string;
  readonly code: string;
  readonly says: readonly (string | RegExp)[];
}

const withCredentials = (good: URL, username: string, password: string) =>
  Object.assign(new URL(good), { username, password }).href;

const FAULTS: readonly Fault[] = [
  {
    fault: 'a URL that cannot be read: a slash in the password',
    url: () => `postgres://hub:${SECRET}/x@127.0.0.1:5432/user_service`,
    code: 'BAD_DATABASE_URL',
    says: ['USER_SERVICE_DATABASE_URL', 'postgres://user:password@host:5432/database'],
  },
  {
    fault: 'a URL of another kind of database',
    url: () => `mysql://hub:${SECRET}@127.0.0.1:3306/user_service`,
    code: 'BAD_DATABASE_URL',
    says: ['USER_SERVICE_DATABASE_URL', 'postgres://user:password@host:5432/database'],
  },
  {
    fault: 'a URL without a database',
    url: () => `postgres://hub:${SECRET}@127.0.0.1:5432`,
    code: 'BAD_DATABASE_URL',
    says: ['USER_SERVICE_DATABASE_URL', 'names no database'],
  },
  {
    fault: 'a percent sign that encodes nothing',
    url: () => `postgres://hub:${SECRET}%zz@127.0.0.1:5432/user_service`,
    code: 'BAD_DATABASE_URL',
    says: ['percent'],
  },
  {
    fault: 'a server that is down',
    // Nobody listens on the port that TCP reserves for multiplexing.
    url: () => `postgres://hub:${SECRET}@127.0.0.1:1/user_service`,
    code: 'CANNOT_CONNECT',
    says: ['127.0.0.1:1/user_service: nothing listens there. Is the server up, and are host and port right?'],
  },
  {
    fault: 'a host that does not exist',
    url: () => `postgres://hub:${SECRET}@db.invalid:5432/user_service`,
    code: 'CANNOT_CONNECT',
    says: ['db.invalid:5432/user_service: the host is not known. Check its name in the database URL.'],
  },
  {
    fault: 'a wrong password',
    url: (good) => withCredentials(good, good.username, SECRET),
    code: 'CANNOT_CONNECT',
    says: ['the server refused the user or the password. Check the credentials in the database URL.'],
  },
  {
    fault: 'a user that does not exist',
    url: (good) => withCredentials(good, 'nobody', SECRET),
    code: 'CANNOT_CONNECT',
    says: ['the server refused the user or the password.'],
  },
  {
    fault: 'a missing database and a role that may not create one',
    url: (good) => withCredentials(good, ROLE, SECRET),
    code: 'CANNOT_CREATE_DATABASE',
    says: [/user_service_\w+/],
  },
];

let workspace: FixtureWorkspace;

describe('one service cannot be reached', () => {
  beforeAll(() =>
    withConnection(testServerUrl(), 'test', async (client) => {
      await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${SECRET}'`);
    }),
  );
  afterAll(() =>
    withConnection(testServerUrl(), 'test', async (client) => {
      await client.query(`DROP ROLE ${ROLE}`);
    }),
  );
  beforeEach(async () => {
    workspace = await createFixtureWorkspace({ services: clubServices() });
  });
  afterEach(() => workspace.remove());

  test.each(FAULTS)('$fault', async ({ url, code, says }) => {
    const env = { USER_SERVICE_DATABASE_URL: url(new URL(workspace.urlOf('user-service'))) };

    const run = await workspace.cli(['migrate'], { env });
    const others = await Promise.all([
      workspace.cli(['migrate', '--dry-run', '--json'], { env }),
      workspace.cli(['migration-status'], { env }),
      workspace.cli(['migration-revert', 'user-service'], { env }),
      workspace.cli(['migrate', '--sql'], { env }),
    ]);

    expect(run).toMatchObject({ exitCode: 1, stderr: '' });
    for (const words of says) expect(run.stdout).toMatch(words);
    expect(run.stdout).toMatch(/^user-service(: | has )/m);
    expect(run.stdout).toContain(
      'training-service: skipped, because it waits for user-service, which failed.',
    );
    if (code !== 'CANNOT_CREATE_DATABASE') {
      expect(JSON.parse(others[0].stdout).report.serviceErrors['user-service'].code).toBe(code);
      expect(others.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1]);
    }
    for (const { stdout, stderr } of [run, ...others]) expect(stdout + stderr).not.toContain(SECRET);
    expect((await databaseFacts(workspace, 'training-service'))?.ledger ?? []).toEqual([]);
    expect(await databaseFacts(workspace, 'calendar-service')).toMatchObject({
      rows: { events: ROWS },
      ledger: ['AddEvents1700000000003'],
    });
  });

  test('a DATABASE_URL that cannot be read is told for every service, without its password', async () => {
    const own = ['USER', 'TRAINING', 'CALENDAR'].map((name) => [`${name}_SERVICE_DATABASE_URL`, ''] as const);
    const env = { ...Object.fromEntries(own), DATABASE_URL: `postgres//hub:${SECRET}@127.0.0.1` };

    const { exitCode, stdout, stderr } = await workspace.cli(['migrate'], { env });

    expect(exitCode).toBe(1);
    for (const service of ['user-service', 'training-service', 'calendar-service']) {
      expect(stdout).toMatch(new RegExp(`^${service}: .*\\n.*DATABASE_URL: is not a URL of the form`, 'm'));
    }
    expect(stdout + stderr).not.toContain(SECRET);
  });
});

describe('a server that dies', () => {
  let server: TemporaryPostgres;
  beforeAll(async () => {
    // A commit that was acknowledged must outlive the postmaster here.
    server = await startOwnServer({ settings: { synchronous_commit: 'on' } });
  });
  afterAll(() => server.stop());

  test('in the middle of a migration: the others go on, and when it is back the next run finishes', async () => {
    workspace = await createFixtureWorkspace({ services: clubServices(), serverUrl: server.url });
    const elsewhere = await createFixtureWorkspace({ services: { 'calendar-service': {} } });
    try {
      const env = { CALENDAR_SERVICE_DATABASE_URL: elsewhere.urlOf('calendar-service') };
      await workspace.writeMigration('user-service', '1700000000004-AddTeams', {
        up: [...createTable('teams').up, 'SELECT pg_sleep(600)'],
      });
      const run = workspace.spawnCli(['migrate'], { env });
      await waitUntil('the migration sleeps', () =>
        withConnection(server.url, 'test', async (client) => {
          const { rows } = await client.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
          return rows.length > 0 ? true : undefined;
        }),
      );
      await server.kill();

      const { exitCode, stdout, stderr } = await run.exited;
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toContain('applying AddTeams1700000000004 to user-service failed: ');
      expect(stdout).toContain('file: apps/user-service/src/migrations/1700000000004-AddTeams.ts');
      expect(await databaseFacts(elsewhere, 'calendar-service')).toMatchObject({ rows: { events: ROWS } });

      await server.restart();
      expect(await databaseFacts(workspace, 'user-service')).toMatchObject({
        rows: { users: ROWS },
        ledger: ['AddUsers1700000000001'],
        history: ['up AddUsers1700000000001'],
      });
      await workspace.writeMigration('user-service', '1700000000004-AddTeams', createTable('teams'));
      expect((await workspace.cli(['migrate'], { env })).exitCode).toBe(0);
      expect(await databaseFacts(workspace, 'training-service')).toMatchObject({ rows: { workouts: ROWS } });
    } finally {
      await elsewhere.remove();
      await workspace.remove();
    }
  });
});
