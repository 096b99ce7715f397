/**
 * What can be wrong with a service's files. Each: one error that names the service, the file and what to do, exit 1;
 * the service's database and its dependents' untouched; the other services in order.
 */
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureSpec } from '../testing/fixture-workspace';
import { migrationSource } from '../testing/migration-source';

interface Fault {
  readonly fault: string;
  /** Replaces services of the club. */
  readonly services: FixtureSpec['services'];
  readonly code: string;
  /** What the error must tell: where it is and what to do about it. */
  readonly says: readonly string[];
}

const FOLDER = 'apps/user-service/src/migrations';
const users = (migrations: FixtureSpec['services'][string]['migrations']) => ({
  'user-service': { migrations },
});

const FAULTS: readonly Fault[] = [
  {
    fault: 'a duplicate timestamp',
    services: users({
      '1700000000001-AddUsers': createTable('users'),
      '1700000000001-AddTeams': createTable('teams'),
    }),
    code: 'DUPLICATE_TIMESTAMP',
    says: [
      `${FOLDER}/1700000000001-AddTeams.ts`,
      `${FOLDER}/1700000000001-AddUsers.ts`,
      'have the same timestamp',
      'Give the one that was written later a later timestamp',
    ],
  },
  {
    fault: 'a 10-digit timestamp',
    services: users({ '1700000000-AddUsers': createTable('users') }),
    code: 'MIGRATION_FILE_NAME_INVALID',
    says: [
      `${FOLDER}/1700000000-AddUsers.ts has a timestamp of 10 digits; it must have 13`,
      'Rename it to 1700000000000-AddUsers.ts and its class to AddUsers1700000000000.',
    ],
  },
  {
    fault: 'a file that is no migration',
    services: users({ 'seed-users': 'export {};' }),
    code: 'MIGRATION_FILE_NAME_INVALID',
    says: [
      `${FOLDER}/seed-users.ts is not named <13-digit timestamp>-<Name>.ts`,
      'move it out of the folder',
    ],
  },
  {
    fault: 'a legacy migration that nothing replaces',
    services: users({
      'legacy/1690000000001-OldUsers': 'export {};',
      'legacy/1690000000002-OldTeams': 'export {};',
      '1700000000001-AddUsers':
        "export class AddUsers1700000000001 { static replaces = ['OldUsers']; async up() {} async down() {} }",
    }),
    code: 'MIGRATION_NOT_REPLACED',
    says: [
      `${FOLDER}/legacy/1690000000002-OldTeams.ts is in src/migrations/legacy`,
      'no migration in src/migrations replaces it. Name it in the `replaces`',
    ],
  },
  {
    fault: 'a migration that does not compile',
    services: users({ '1700000000001-AddUsers': 'export class AddUsers1700000000001 { async up( { }' }),
    code: 'MIGRATION_DOES_NOT_COMPILE',
    says: [`${FOLDER}/1700000000001-AddUsers.ts`, 'Mend the file; nothing of this service was applied.'],
  },
  {
    fault: 'a migration that throws while it is loaded',
    services: users({ '1700000000001-AddUsers': `import './no-such-file';` }),
    code: 'MIGRATION_DOES_NOT_COMPILE',
    says: [`${FOLDER}/1700000000001-AddUsers.ts`, './no-such-file', 'Mend the file'],
  },
  {
    fault: 'two classes in one file',
    services: users({
      '1700000000001-AddUsers':
        migrationSource('1700000000001-AddUsers', createTable('users')) +
        migrationSource('1700000000001-AddTeams', createTable('teams')).replace(/^import.*/, ''),
    }),
    code: 'MIGRATION_CLASS_INVALID',
    says: [
      `${FOLDER}/1700000000001-AddUsers.ts exports 2 migration classes (AddTeams1700000000001, AddUsers1700000000001)`,
      'Move each into a file of its own.',
    ],
  },
  {
    fault: 'a class whose name is not that of the file',
    services: users({
      '1700000000001-AddUsers': migrationSource(
        '1700000000001-AddUsers',
        createTable('users'),
        'AddUser1700000000001',
      ),
    }),
    code: 'MIGRATION_CLASS_INVALID',
    says: [
      `${FOLDER}/1700000000001-AddUsers.ts exports the class AddUser1700000000001; its file name says AddUsers1700000000001`,
      'Rename one of them.',
    ],
  },
  {
    fault: 'a gate that is not known',
    services: users({
      '1700000000001-AddUsers': migrationSource(
        '1700000000001-AddUsers',
        createTable('users', { gate: 'contract' }),
      ).replace('contract', 'contarct'),
    }),
    code: 'MIGRATION_CLASS_INVALID',
    says: [
      `${FOLDER}/1700000000001-AddUsers.ts says static gate = "contarct"`,
      'the gates are switch and contract.',
    ],
  },
  {
    fault: 'a file without a class',
    services: users({ '1700000000001-AddUsers': 'export const sql = 1;' }),
    code: 'MIGRATION_CLASS_INVALID',
    says: [
      `${FOLDER}/1700000000001-AddUsers.ts exports no migration class`,
      'It must export class AddUsers1700000000001',
    ],
  },
  {
    fault: 'a dependsOn on a migration that is not there',
    services: users({
      '1700000000001-AddUsers': createTable('users', { dependsOn: ['calendar-service:AddEvent'] }),
    }),
    code: 'MIGRATION_NOT_FOUND',
    says: [
      `${FOLDER}/1700000000001-AddUsers.ts depends on "calendar-service:AddEvent", which is not there`,
      'check the spelling',
    ],
  },
  {
    fault: 'a dependsOn on a service that is not there',
    services: users({
      '1700000000001-AddUsers': createTable('users', { dependsOn: ['payment-service:AddCards'] }),
    }),
    code: 'MIGRATION_NOT_FOUND',
    says: [`${FOLDER}/1700000000001-AddUsers.ts depends on "payment-service:AddCards", which is not there`],
  },
  {
    fault: 'a cycle of dependsOn',
    services: {
      ...users({
        '1700000000001-AddUsers': createTable('users', { dependsOn: ['training-service:AddWorkouts'] }),
      }),
      'training-service': {
        dependsOn: ['user-service'],
        migrations: {
          '1700000000002-AddWorkouts': createTable('workouts', { dependsOn: ['user-service:AddUsers'] }),
        },
      },
    },
    code: 'DEPENDENCY_CYCLE',
    says: [
      'user-service:AddUsers1700000000001 -> training-service:AddWorkouts1700000000002 -> user-service:AddUsers1700000000001',
      'Remove one dependsOn',
      `${FOLDER}/1700000000001-AddUsers.ts`,
      'apps/training-service/src/migrations/1700000000002-AddWorkouts.ts',
    ],
  },
  {
    fault: 'a cycle of projects',
    services: {
      'user-service': {
        dependsOn: ['training-service'],
        migrations: { '1700000000001-AddUsers': createTable('users') },
      },
    },
    code: 'DEPENDENCY_CYCLE',
    says: [
      'training-service -> user-service -> training-service',
      'Remove one of the implicitDependencies. The files:',
      'apps/user-service/project.json',
      'apps/training-service/project.json',
    ],
  },
];

test.each(FAULTS)('$fault', async ({ services, code, says }) => {
  const workspace = await createFixtureWorkspace({ services: clubServices(services) });
  try {
    const text = await workspace.cli(['migrate']);
    const json = await workspace.cli(['migrate', '--dry-run', '--json']);

    expect(text).toMatchObject({ exitCode: 1, stderr: '' });
    for (const words of [...says, 'user-service']) expect(text.stdout).toContain(words);
    expect(text.stdout).not.toMatch(/^\s+at .*\(|node_modules|tools\/migrator/m);
    expect(json.exitCode).toBe(1);
    const error = JSON.parse(json.stdout).report.serviceErrors['user-service'];
    expect(error.code).toBe(code);
    expect(text.stdout.split(error.message)).toHaveLength(2);

    expect(await databaseFacts(workspace, 'user-service')).toBeUndefined();
    expect(await databaseFacts(workspace, 'training-service')).toBeUndefined();
    expect(await databaseFacts(workspace, 'calendar-service')).toEqual({
      rows: { events: ROWS },
      indexes: [],
      ledger: ['AddEvents1700000000003'],
      history: ['up AddEvents1700000000003'],
    });
  } finally {
    await workspace.remove();
  }
});

test('a cycle of projects is nothing to a service that has no part in it', async () => {
  const workspace = await createFixtureWorkspace({
    services: clubServices({ 'user-service': { dependsOn: ['training-service'] } }),
  });
  try {
    expect(await workspace.cli(['migrate', 'calendar-service'])).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await databaseFacts(workspace, 'calendar-service'))?.rows).toEqual({ events: ROWS });
  } finally {
    await workspace.remove();
  }
});
