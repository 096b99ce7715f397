/** `migration-verify`: which migrations it takes, its exit codes and its words. What it finds is proven in the room verify. */
import { escapeIdentifier } from 'pg';
import { withConnection } from '../../pg/connect';
import { createTable } from '../../testing/club-services';
import {
  createFixtureWorkspace,
  type FixtureSpec,
  type FixtureWorkspace,
} from '../../testing/fixture-workspace';
import { testServerUrl } from '../../testing/migrator-tests.config';
import type { ServiceOutcome } from './render-verifications';

const ENTITIES = `
  import { Column, Entity, PrimaryColumn } from 'typeorm';
  import { createDataSource } from '@hockey-hub/shared-lib/src/database/data-source';
  @Entity('teams')
  class Team { @PrimaryColumn('int') id!: number; @Column('text') name!: string; }
  export default createDataSource({ service: 'user-service', entities: [Team] });`;
const TEAMS = {
  up: [
    'CREATE TABLE teams (id int, name text NOT NULL, CONSTRAINT pk_teams PRIMARY KEY (id))',
    'CREATE VIEW by_hand AS SELECT 1 AS one',
  ],
  down: ['DROP VIEW by_hand', 'DROP TABLE teams'],
};

let workspace: FixtureWorkspace;
afterEach(() => workspace.remove());
const open = async (services: FixtureSpec['services']) =>
  (workspace = await createFixtureWorkspace({ services }));

async function verify(...args: string[]) {
  const { exitCode, stdout, stderr } = await workspace.cli(['migration-verify', '--json', ...args]);
  return { exitCode, stderr, outcomes: JSON.parse(stdout) as ServiceOutcome[] };
}
const names = (outcomes: readonly ServiceOutcome[]) =>
  outcomes.flatMap((outcome) =>
    'error' in outcome ? [] : outcome.migrations.map(({ migration }) => migration),
  );

test('those that the database lacks, or all; several services at once', async () => {
  await open({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000002-AddTeams': createTable('teams'),
      },
    },
    'training-service': { migrations: { '1700000000001-AddWorkouts': createTable('workouts') } },
  });
  const first = await verify('--no-entities');
  expect(first.exitCode).toBe(0);
  expect(names(first.outcomes).sort()).toEqual([
    'AddTeams1700000000002',
    'AddUsers1700000000001',
    'AddWorkouts1700000000001',
  ]);

  await workspace.cli(['migrate', '--no-backup', '--to', 'AddUsers', 'user-service']);
  expect(names((await verify('--no-entities', 'user-service')).outcomes)).toEqual(['AddTeams1700000000002']);
  expect(names((await verify('--no-entities', '--all', 'user-service')).outcomes)).toHaveLength(2);
  await workspace.cli(['migrate', '--no-backup']);
  const { exitCode, stdout } = await workspace.cli(['migration-verify', '--no-entities']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('nothing to verify');
});

test('what a person reads: progress, a table, and every fault with its file', async () => {
  await open({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000002-AddName': { up: ['ALTER TABLE users ADD COLUMN name text'], down: [] },
      },
    },
  });
  const { exitCode, stdout } = await workspace.cli(['migration-verify', '--no-entities']);
  expect(exitCode).toBe(1);
  expect(stdout.replace(/\d+(\.\d+)? m?s/g, '1 s')).toBe(
    [
      'user-service: 1 of 2, AddUsers1700000000001: reversible (1 s)',
      'user-service: 2 of 2, AddName1700000000002: irreversible (1 s)',
      'service       migration              verdict               time',
      'user-service  AddUsers1700000000001  reversible            1 s',
      'user-service  AddName1700000000002   irreversible (error)  1 s',
      '',
      'Note: user-service: AddUsers1700000000001: goes with down, whatever is in it: users',
      '',
      'user-service: AddName1700000000002: down does nothing, and up changes the database',
      'file: apps/user-service/src/migrations/1700000000002-AddName.ts',
      '',
    ].join('\n'),
  );
});

test('the end of the road is compared with the entities; what is made by hand is left alone', async () => {
  await open({ 'user-service': { dataSource: ENTITIES, migrations: { '1700000000001-AddTeams': TEAMS } } });
  expect(await verify()).toMatchObject({ exitCode: 0, outcomes: [{ entities: [] }] });

  await workspace.writeMigration('user-service', '1700000000002-Drop', {
    up: ['ALTER TABLE teams ALTER name DROP NOT NULL'],
    down: ['ALTER TABLE teams ALTER name SET NOT NULL'],
  });
  const { exitCode, stdout } = await workspace.cli(['migration-verify']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    'user-service: the migrations do not make what the entities say:\n  teams.name: nullability is nullable, expected not null\n' +
      '`migration-generate user-service --name <Name>` writes the migration that is missing.',
  );
});

test('a squash that diverges from what it replaces', async () => {
  await open({
    'user-service': {
      migrations: {
        '1700000000001-AddUsers': createTable('users'),
        '1700000000002-AddTeams': createTable('teams'),
        '1700000000003-Both': {
          replaces: ['AddUsers', 'AddTeams'],
          up: [
            'CREATE TABLE users (id int PRIMARY KEY)',
            'CREATE TABLE teams (id bigint PRIMARY KEY)',
            'INSERT INTO users SELECT generate_series(1, 10)',
            'INSERT INTO teams SELECT generate_series(1, 9)',
          ],
          down: ['DROP TABLE users', 'DROP TABLE teams'],
        },
      },
    },
  });
  const { exitCode, stdout } = await workspace.cli(['migration-verify', '--no-entities']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/Both1700000000003 +reversible, differs from what it replaces \(error\)/);
  expect(stdout).toContain(
    'user-service: Both1700000000003 alone does not make what the migrations it replaces make:\n' +
      '  teams.id: type is bigint, expected integer\n  teams: a row is missing: {"id":"10"}\n' +
      'file: apps/user-service/src/migrations/1700000000003-Both.ts',
  );
});

test('faults of a service are told, and the others are verified', async () => {
  await open({
    'user-service': { migrations: { '1700000000001-AddUsers': createTable('users') } },
    'training-service': { migrations: { '1700000000001-AddWorkouts': 'export class {' } },
  });
  const { exitCode, outcomes } = await verify('--no-entities', '--all');
  expect(exitCode).toBe(1);
  expect(names(outcomes)).toEqual(['AddUsers1700000000001']);
  expect(outcomes).toContainEqual({
    service: 'training-service',
    error: {
      code: 'MIGRATION_DOES_NOT_COMPILE',
      message: expect.stringContaining('1700000000001-AddWorkouts.ts cannot be loaded'),
    },
  });
});

test('a role that may make no scratch database is told so', async () => {
  await open({ 'user-service': { migrations: { '1700000000001-AddUsers': createTable('users') } } });
  const name = `modest_${Date.now()}_${process.pid}`;
  const role = escapeIdentifier(name);
  const admin = (sql: string) => withConnection(testServerUrl(), 'test', (client) => client.query(sql));
  await admin(`CREATE ROLE ${role} LOGIN PASSWORD 'modest'`);
  try {
    const url = new URL(workspace.urlOf('user-service'));
    Object.assign(url, { username: name, password: 'modest' });
    const { exitCode, stdout } = await workspace.cli(['migration-verify', '--all'], {
      env: { USER_SERVICE_DATABASE_URL: url.href },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "user-service: this needs a scratch database on the service's server, and the role in its database URL may not make one. " +
        'Give the role CREATEDB (ALTER ROLE ... CREATEDB), or point the URL at a server for development.',
    );
    expect(stdout).not.toContain('modest');
  } finally {
    await admin(`DROP ROLE ${role}`);
  }
});
