import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';
import { formatted } from '../../testing/formatted';
import { createGitRepository, type GitRepository } from '../../testing/git-repository';

const dataSource = (service: string, entity = '') => `
  import { Column, Entity } from 'typeorm';
  import { createDataSource } from '@hockey-hub/shared-lib/src/database/data-source';
  import { BaseEntity } from '@hockey-hub/shared-lib/src/entities/base-entity';
  import { CrossServiceReference } from '@hockey-hub/shared-lib/src/entities/cross-service-reference';
  ${entity || "@Entity('users') class User extends BaseEntity {}"}
  export default createDataSource({ service: '${service}', entities: [${/class (\w+)/.exec(entity)?.[1] ?? 'User'}] });
`;
const PLAN = `@Entity('plans') class Plan extends BaseEntity {
  @CrossServiceReference({ service: 'user-service', table: 'users' }) @Column('uuid') playerId: string;
}`;

const RENAME = {
  up: [`ALTER TABLE users RENAME name TO full_name`, `INSERT INTO users VALUES (1, 'Ada')`],
};

let fixture: FixtureWorkspace;
let git: GitRepository;
beforeEach(async () => {
  fixture = await createFixtureWorkspace({
    services: {
      'user-service': {
        dataSource: dataSource('user-service'),
        migrations: {
          '1700000000001-AddUsers': { up: ['CREATE TABLE users (id int PRIMARY KEY, name text)'] },
        },
      },
      'training-service': { dependsOn: ['user-service'], dataSource: dataSource('training-service', PLAN) },
    },
  });
  git = await createGitRepository(fixture.root);
  await git.commit({ '.gitignore': 'node_modules\n' });
  await git.run('tag', 'v1.0.0');
});
afterEach(() => fixture.remove());

const changelog = (...args: string[]) => fixture.cli(['migration-changelog', ...args]);
const read = (path: string) => readFile(join(fixture.root, path), 'utf8');
const CHANGELOG = 'apps/user-service/CHANGELOG.md';

it('writes every file, and a check agrees until a migration comes', async () => {
  expect(await changelog()).toMatchObject({ exitCode: 0, stderr: '' });
  const text = await read(CHANGELOG);
  expect(text).toContain('## v1.0.0\n\n### Other changes\n\n#### [AddUsers1700000000001]');
  expect(await read('apps/user-service/SCHEMA.md')).toContain('    integer id PK\n    text name "null"\n');
  expect(await read('docs/cross-service-references.md')).toContain('`training-service.plans.player_id`');
  for (const path of [CHANGELOG, 'apps/training-service/SCHEMA.md', 'docs/cross-service-references.md']) {
    const written = await read(path);
    expect(await formatted(written)).toBe(written);
  }
  expect(await changelog('--check')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('docs/cross-service-references.md is up to date\n'),
  });

  await fixture.writeMigration('user-service', '1700000000002-RenameNames', RENAME);
  const stale = await changelog('--check');
  expect(stale.exitCode).toBe(1);
  expect(stale.stdout).toContain(
    `${CHANGELOG} is stale from line 5 on, apps/user-service/SCHEMA.md is stale from line 9 on: ` +
      '`npx nx run user-service:migration-changelog` writes what the migrations do.\n',
  );
  expect(await read(CHANGELOG)).toBe(text);

  expect((await changelog('user-service')).stdout).toBe(
    `Wrote ${CHANGELOG}\nWrote apps/user-service/SCHEMA.md\n`,
  );
  expect(await read(CHANGELOG)).toContain(
    '## Unreleased\n\n### Breaking\n\n#### [RenameNames1700000000002](src/migrations/1700000000002-RenameNames.ts)\n\n' +
      '- column `users.name` renamed to `full_name`\n\n### Other changes\n',
  );
});

it('has a changelog that agrees with its tag, when the release was announced before the tag was made', async () => {
  await fixture.writeMigration('user-service', '1700000000002-RenameNames', RENAME);
  await changelog('--release', 'v1.1.0');
  expect(await read(CHANGELOG)).toContain('## v1.1.0\n\n### Breaking');
  expect(await changelog('--check')).toMatchObject({ exitCode: 0 });
  await git.commit({});
  await git.run('tag', 'v1.1.0');
  expect(await changelog('--check')).toMatchObject({ exitCode: 0 });

  expect(await changelog('--release', 'v1.1.0')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('--release v1.1.0 is a tag already'),
  });
});

it('shows what it would write', async () => {
  const { exitCode, stdout } = await changelog('user-service', '--dry-run');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`${CHANGELOG} would be:\n\n# Changes of user-service's database\n`);
  await expect(read(CHANGELOG)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await changelog('user-service', '--check')).stdout).toBe(
    `${CHANGELOG} is missing, apps/user-service/SCHEMA.md is missing: ` +
      '`npx nx run user-service:migration-changelog` writes what the migrations do.\n',
  );
});

it('checks without git what can be checked without it, and writes nothing without', async () => {
  await changelog();
  // A clone whose git directory stayed behind, as in an image.
  const { root, env } = fixture;
  const elsewhere = { ...env, GIT_DIR: join(root, 'no-such-folder') };
  const check = await fixture.cli(['migration-changelog', '--check'], { env: elsewhere });
  expect(check).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('was not checked: ') });
  const write = await fixture.cli(['migration-changelog'], { env: elsewhere });
  expect(write).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("is read from git's tags") });

  await fixture.writeMigration('user-service', '1700000000002-RenameNames', RENAME);
  const stale = await fixture.cli(['migration-changelog', '--check'], { env: elsewhere });
  expect(stale).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('SCHEMA.md is stale') });
});

it('tells a migration that fails, and writes the other service', async () => {
  await fixture.writeMigration('user-service', '1700000000002-Broken', {
    up: ['ALTER TABLE nobody ADD x int'],
  });
  const { exitCode, stdout } = await changelog();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('user-service: replaying Broken1700000000002 (up) in a scratch database failed');
  expect(stdout).toContain('Wrote apps/training-service/SCHEMA.md\n');
  await expect(read(CHANGELOG)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('says when only the page of all services is stale', async () => {
  await changelog();
  await writeFile(join(fixture.root, 'docs/cross-service-references.md'), '');
  expect(await changelog('user-service', '--check')).toMatchObject({ exitCode: 0 });
  expect(await changelog('--check')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(
      'docs/cross-service-references.md is stale from line 1 on: `npx nx run-many -t migration-changelog` writes what the migrations do.\n',
    ),
  });
});

it('tells a squash without doing its work twice', async () => {
  await fixture.writeMigration('user-service', '1700000000002-RenameNames', RENAME);
  await fixture.writeMigration('user-service', '1700000000003-Squashed', {
    up: ['CREATE TABLE users (id int PRIMARY KEY, full_name text)'],
    replaces: ['AddUsers', 'RenameNames'],
  });
  expect(await changelog('user-service')).toMatchObject({ exitCode: 0 });
  const text = await read(CHANGELOG);
  expect(text).toContain('- does what `AddUsers`, `RenameNames` did, all at once\n');
  expect(text).toContain('- column `users.name` renamed to `full_name`\n');
});
