/** A table of users to verify changes of, and the verdict on one change. */
import type { Migration } from '../model';
import type { MigrationVerdict } from '../verify/verdict';
import { verifyService } from '../verify/verify-service';
import { testServerUrl } from './migrator-tests.config';
import { namedMigration } from './named-migration';

export const USERS = namedMigration(
  '1-AddUsers',
  [
    `CREATE TABLE users (id int PRIMARY KEY, name varchar(40) NOT NULL, nickname text, age int, grade smallint)`,
    'CREATE SEQUENCE ups',
    `CREATE TABLE sessions (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE CASCADE)`,
  ],
  ['DROP TABLE sessions', 'DROP TABLE users', 'DROP SEQUENCE ups'],
);

export const verify = (folder: readonly Migration[], asked = folder) =>
  verifyService({
    workspaceRoot: '/nowhere',
    service: { name: 'user-service', root: 'apps/user-service', dependsOn: [] },
    url: testServerUrl(),
    folder,
    asked: new Set(asked.map(({ name }) => name)),
    entities: false,
    onVerdict: () => undefined,
  });

/** The verdict on one migration, after a table with rows. */
export async function verdictOn(
  up: Parameters<typeof namedMigration>[1],
  down: Parameters<typeof namedMigration>[2],
  more?: Partial<Migration>,
): Promise<MigrationVerdict> {
  const migration = namedMigration('2-Change', up, down, more);
  const { migrations } = await verify([USERS, migration], [migration]);
  expect(migrations).toHaveLength(1);
  return migrations[0]!;
}
