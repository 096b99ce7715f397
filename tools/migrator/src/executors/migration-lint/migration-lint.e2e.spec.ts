import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withConnection } from '../../pg/connect';
import { clubServices } from '../../testing/club-services';
import {
  createFixtureWorkspace,
  type FixtureWorkspace,
  type ServiceSpec,
} from '../../testing/fixture-workspace';
import { testServerUrl } from '../../testing/migrator-tests.config';
import type { ServiceLint } from './lint-report';

let workspace: FixtureWorkspace;

const start = async (replaced: Record<string, ServiceSpec> = {}) => {
  workspace = await createFixtureWorkspace({ services: clubServices(replaced) });
};
afterEach(() => workspace.remove());

async function lint(...args: string[]) {
  const { exitCode, stdout, stderr } = await workspace.cli(['migration-lint', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  const services = JSON.parse(stdout) as ServiceLint[];
  return {
    exitCode,
    services,
    migrations: services.flatMap(({ migrations }) => migrations.map(({ trace }) => trace.migration)),
    findings: services.flatMap(({ migrations }) => migrations.flatMap(({ findings }) => findings)),
  };
}

const DANGEROUS = `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines must be those of this file, types and comments and all. */
interface Nothing {
  readonly at: 'all';
}

export class Change1700000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE users ADD COLUMN email text');
    for (const column of ['email'] satisfies string[]) {
      await queryRunner.query(
        \`CREATE INDEX users_\${column} ON users (\${column})\`,
      );
    }
  }
  async down(): Promise<void> {}
}
`;

test('what is dangerous fails the run, and is told by its line in the file', async () => {
  await start();
  expect(await lint()).toMatchObject({ exitCode: 0, findings: [] });

  await workspace.writeMigration('user-service', '1700000000009-Change', DANGEROUS);
  const { exitCode, findings, services } = await lint();
  expect(exitCode).toBe(1);
  expect(findings).toEqual([
    {
      rule: 'squawk/require-concurrent-index-creation',
      severity: 'error',
      service: 'user-service',
      migration: 'Change1700000000009',
      file: 'apps/user-service/src/migrations/1700000000009-Change.ts',
      line: 12,
      statement: 'CREATE INDEX users_email ON users (email)',
      subject: null,
      message: 'During normal index creation, table updates are blocked, but reads are still allowed.',
      fix: 'static transaction = false;\n...\nawait queryRunner.query(`CREATE INDEX CONCURRENTLY users_email ON users (email)`);',
    },
  ]);
  const trace = services.find(({ service }) => service === 'user-service')!.migrations[1]!.trace;
  expect(trace.lines).toEqual([10, 12]);
  expect(trace.work).toMatchObject([
    { kind: 'scan', table: 'users', statement: 1, stalled: [{ table: 'users', blocks: 'reads and writes' }] },
  ]);
});

test('the report says who waits for which lock, what is wrong and what to write instead; GitHub gets annotations', async () => {
  await start();
  await workspace.writeMigration('user-service', '1700000000009-Change', DANGEROUS);
  const human = await workspace.cli(['migration-lint', 'user-service']);
  expect(human.exitCode).toBe(1);
  expect(human.stdout.replace(/\d+ ms/g, 'N ms').replace(/ +$/gm, '')).toMatch(
    new RegExp(
      [
        '^user-service',
        '  AddUsers1700000000001  N ms',
        '  Change1700000000009  N ms',
        '    existing table  strongest lock       held +meanwhile',
        '    users           AccessExclusiveLock  N ms +reads and writes wait',
        '    error  squawk/require-concurrent-index-creation  apps/user-service/src/migrations/1700000000009-Change.ts:12',
        '      > CREATE INDEX users_email ON users \\(email\\)',
        '      During normal index creation, table updates are blocked, but reads are still allowed.',
        '      Instead:',
        '        static transaction = false;',
        '        ...',
        '        await queryRunner.query\\(`CREATE INDEX CONCURRENTLY users_email ON users \\(email\\)`\\);',
        '',
        '2 migrations, 1 error, 0 warnings\n$',
      ].join('\n'),
    ),
  );
  const { stdout } = await workspace.cli(['migration-lint', 'user-service', '--format', 'github']);
  expect(stdout).toMatch(
    /^::error file=apps\/user-service\/src\/migrations\/1700000000009-Change.ts,line=12,title=squawk\/require-concurrent-index-creation::During .*\n$/,
  );
});

test('--pending judges what the database does not have, and changes nothing there', async () => {
  await start();
  await workspace.cli(['migrate']);
  await workspace.writeMigration('user-service', '1700000000009-Change', DANGEROUS);
  expect((await lint('--pending')).migrations).toEqual(['Change1700000000009']);
  const columns = await workspace.query(
    'user-service',
    `SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'email'`,
  );
  expect(columns).toEqual([]);
});

test('an exception with its reason, written in the migration', async () => {
  await start();
  const reason = `static lint = { 'squawk/require-concurrent-index-creation': 'a dozen rows' };`;
  await workspace.writeMigration(
    'user-service',
    '1700000000009-Change',
    DANGEROUS.replace('implements MigrationInterface {', `$&\n  ${reason}`),
  );
  expect(await lint('user-service')).toMatchObject({ exitCode: 0, findings: [] });
});

const DATA_SOURCE = `
  import { Column, Entity, PrimaryColumn } from 'typeorm';
  import { createDataSource } from '@hockey-hub/shared-lib/src/database/data-source';
  import { CrossServiceReference } from '@hockey-hub/shared-lib/src/entities/cross-service-reference';
  @Entity('workouts')
  export class Workout {
    @PrimaryColumn('uuid') id: string;
    @CrossServiceReference({ service: 'user-service', table: 'users' }) @Column('uuid') player_id: string;
    @Column('uuid') team_id: string;
  }
  export default createDataSource({ service: 'training-service', entities: [Workout] });`;

test('references are judged by what the entities declare', async () => {
  await start({
    'training-service': {
      dependsOn: ['user-service'],
      dataSource: DATA_SOURCE,
      migrations: {
        '1700000000002-AddWorkouts': {
          up: ['CREATE TABLE workouts (id uuid PRIMARY KEY, player_id uuid, team_id uuid)'],
        },
        '1700000000004-AddMore': {
          up: ['ALTER TABLE workouts ADD COLUMN n int'],
          dependsOn: ['user-service:AddUsers', 'user-service:AddRoles', 'user-service:AddClubs'],
        },
      },
    },
  });
  // Names AddRoles, of which no file is left.
  await workspace.writeMigration('user-service', '1700000000003-Together', {
    up: [],
    replaces: ['AddRoles'],
  });
  const { findings } = await lint('training-service');
  expect(findings).toMatchObject([
    {
      rule: 'structure/undeclared-reference',
      migration: 'AddWorkouts1700000000002',
      subject: 'workouts.team_id',
    },
    {
      rule: 'structure/unknown-dependency',
      migration: 'AddMore1700000000004',
      subject: 'user-service:AddClubs',
    },
  ]);
});

const admin = <Row>(sql: string, parameters?: unknown[]) =>
  withConnection(
    testServerUrl(),
    'test',
    async (client) => (await client.query(sql, parameters)).rows as Row[],
  );

/** Runs the verb as a role of its own, so that what it leaves behind can be told from what others make meanwhile. */
async function lintAs(attributes: string, env: Readonly<Record<string, string>> = {}) {
  const role = `lint_${randomBytes(6).toString('hex')}`;
  await admin(`CREATE ROLE ${role} LOGIN PASSWORD 'between-us' ${attributes}`);
  try {
    const url = new URL(workspace.urlOf('user-service'));
    url.username = role;
    url.password = 'between-us';
    const { exitCode, stdout } = await workspace.cli(['migration-lint', '--format', 'json', 'user-service'], {
      env: { ...env, USER_SERVICE_DATABASE_URL: url.href },
    });
    expect(stdout).not.toContain('between-us');
    const [report] = JSON.parse(stdout) as ServiceLint[];
    const left = await admin('SELECT datname FROM pg_database WHERE datdba = $1::regrole', [role]);
    return { exitCode, error: report!.error, left };
  } finally {
    await admin(`DROP ROLE ${role}`);
  }
}

describe('faults', () => {
  test('a migration that fails is named, and nothing is left behind', async () => {
    await start();
    const nowhere = ['ALTER TABLE nowhere ADD COLUMN x int'];
    await workspace.writeMigration('user-service', '1700000000009-Change', { up: nowhere });
    expect(await lintAs('CREATEDB')).toEqual({
      exitCode: 1,
      error: {
        code: 'MIGRATION_FAILED',
        message:
          'user-service: running Change1700000000009 (up) in a scratch database failed: relation "nowhere" does not exist\n' +
          'file: apps/user-service/src/migrations/1700000000009-Change.ts',
      },
      left: [],
    });
    const { exitCode, migrations } = await lint();
    expect(exitCode).toBe(1);
    expect(migrations).toEqual(['AddEvents1700000000003', 'AddWorkouts1700000000002']);
  });

  test('a role that may not make databases', async () => {
    await start();
    expect(await lintAs('NOCREATEDB')).toEqual({
      exitCode: 1,
      error: { code: 'CANNOT_CREATE_DATABASE', message: expect.stringContaining('Give the role CREATEDB') },
      left: [],
    });
  });

  test('squawk is not installed', async () => {
    await start();
    const hook = join(workspace.root, 'without-squawk.js');
    await writeFile(
      hook,
      `const Module = require('node:module');
       const resolve = Module._resolveFilename;
       Module._resolveFilename = (request, ...rest) => {
         if (request.startsWith('@squawk-cli/')) throw new Error('no ' + request);
         return resolve(request, ...rest);
       };`,
    );
    expect(await lintAs('CREATEDB', { NODE_OPTIONS: `--require ${hook}` })).toEqual({
      exitCode: 1,
      error: { code: 'LINTER_MISSING', message: expect.stringContaining('npm ci --include=optional') },
      left: [],
    });
  });

  test('a format that there is not', async () => {
    await start();
    const { exitCode, stderr } = await workspace.cli(['migration-lint', '--format', 'xml']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe('--format xml: the formats are human, json, github.\n');
  });
});
