/** `migration-status`: its exit codes, the three kinds of drift, and that the TypeORM CLI tells the same. */
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clubServices, createTable } from '../../testing/club-services';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';

const TYPESCRIPT = join(__dirname, '../../source/typescript-hook.js');

let workspace: FixtureWorkspace;
beforeEach(async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
});
afterEach(() => workspace.remove());

async function status(): Promise<{ exitCode: number | null; drift: string[]; pending: string[] }> {
  const { exitCode, stdout } = await workspace.cli(['migration-status', '--json']);
  const services: { drift: { migration: string; kind: string }[]; pending: string[] }[] = JSON.parse(stdout);
  return {
    exitCode,
    drift: services.flatMap(({ drift }) => drift.map(({ migration, kind }) => `${migration} ${kind}`)),
    pending: services.flatMap(({ pending }) => pending).sort(),
  };
}

test('3 while migrations are pending, 0 when everything is applied, 1 when a database cannot be read', async () => {
  expect(await status()).toEqual({
    exitCode: 3,
    drift: [],
    pending: ['AddEvents1700000000003', 'AddUsers1700000000001', 'AddWorkouts1700000000002'],
  });
  await workspace.cli(['migrate']);
  expect(await status()).toEqual({ exitCode: 0, drift: [], pending: [] });

  const env = { USER_SERVICE_DATABASE_URL: 'postgres://hub@127.0.0.1:1/user_service' };
  expect((await workspace.cli(['migration-status'], { env })).exitCode).toBe(1);
  expect((await workspace.cli(['migration-status', 'payment-service'])).exitCode).toBe(1);
});

test('edited after it was applied: a changed statement is drift; a comment, a new line or a quote is not', async () => {
  await workspace.cli(['migrate']);
  const path = await workspace.writeMigration('user-service', '1700000000001-AddUsers', createTable('users'));
  const source = await readFile(path, 'utf8');

  const reformatted = source
    .replace('  async up(', '\n\n  /** Makes the users. */\n  async up(\n    ')
    .replace(`'typeorm';`, '"typeorm"')
    .replaceAll(');\n', ',\n    ) // see above\n');
  await writeFile(path, reformatted);
  expect(await status()).toEqual({ exitCode: 0, drift: [], pending: [] });

  await writeFile(path, source.replace('id int PRIMARY KEY', 'id bigint PRIMARY KEY'));
  expect(await status()).toEqual({
    exitCode: 4,
    drift: ['AddUsers1700000000001 edited-after-apply'],
    pending: [],
  });
  const { exitCode, stdout } = await workspace.cli(['migrate']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Warning: user-service: AddUsers1700000000001 was changed after it was applied;');
});

test('missing on disk is drift', async () => {
  await workspace.cli(['migrate']);
  await rm(join(workspace.root, 'apps/user-service/src/migrations/1700000000001-AddUsers.ts'));
  expect(await status()).toEqual({
    exitCode: 4,
    drift: ['AddUsers1700000000001 missing-on-disk'],
    pending: [],
  });
});

test('out of order is told, and applied all the same', async () => {
  await workspace.cli(['migrate']);
  await workspace.writeMigration('calendar-service', '1600000000000-AddRooms', createTable('rooms'));
  expect(await status()).toEqual({
    exitCode: 3,
    drift: ['AddRooms1600000000000 out-of-order'],
    pending: ['AddRooms1600000000000'],
  });

  const { exitCode, stdout } = await workspace.cli(['migrate']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    'Warning: calendar-service: AddRooms1600000000000 is older than the newest applied migration;',
  );
  expect((await status()).exitCode).toBe(0);
});

test('`typeorm migration:show` agrees: applied, pending, reverted', async () => {
  await workspace.writeMigration('user-service', '1700000000004-AddTeams', createTable('teams'));
  await writeFile(
    join(workspace.root, 'apps/user-service/src/typeorm.ts'),
    `import { DataSource } from 'typeorm';
     export default new DataSource({ type: 'postgres', url: process.env.USER_SERVICE_DATABASE_URL,
       entities: [], migrations: [__dirname + '/migrations/*.ts'] });`,
  );
  const show = async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--require',
        TYPESCRIPT,
        'node_modules/typeorm/cli.js',
        'migration:show',
        '-d',
        'apps/user-service/src/typeorm.ts',
      ],
      { cwd: workspace.root, env: workspace.env },
    );
    return stdout.match(/\[.\] .*/g);
  };

  await workspace.cli(['migrate', '--to', 'AddUsers']);
  expect(await show()).toEqual(['[X] 1 AddUsers1700000000001', '[ ] AddTeams1700000000004']);
  await workspace.cli(['migrate']);
  expect(await show()).toEqual(['[X] 1 AddUsers1700000000001', '[X] 2 AddTeams1700000000004']);
  await workspace.cli(['migration-revert', 'user-service']);
  expect(await show()).toEqual(['[X] 1 AddUsers1700000000001', '[ ] AddTeams1700000000004']);
});
