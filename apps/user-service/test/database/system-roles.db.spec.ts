import {
  createMigratedDatabase,
  testDatabaseConfig,
  type TestDatabase,
} from '@hockey-hub/shared-lib/src/testing';
import { createDataSource } from '@hockey-hub/shared-lib';
import type { DataSource } from 'typeorm';
import { SeedSystemRoles1764000001000 } from '../../src/migrations/1764000001000-SeedSystemRoles';
import { userDatabase } from '../../src/user-database';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createMigratedDatabase(userDatabase);
  dataSource = createDataSource({ ...userDatabase, config: testDatabaseConfig(database.url) });
  await dataSource.initialize();
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const seed = new SeedSystemRoles1764000001000();

async function inTransaction(
  work: (query: (sql: string) => Promise<unknown>, run: Run) => Promise<void>,
): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  await queryRunner.startTransaction();
  try {
    const run: Run = (direction) => seed[direction](queryRunner);
    await work((sql) => queryRunner.query(sql), run);
  } finally {
    await queryRunner.rollbackTransaction();
    await queryRunner.release();
  }
}
type Run = (direction: 'up' | 'down') => Promise<void>;

const SEEDED = `
  SELECT role.id AS role_id, role.name AS role, is_system, permission.id AS permission_id, permission.name AS permission
    FROM roles AS role
    JOIN role_permissions ON role_id = role.id
    JOIN permissions AS permission ON permission_id = permission.id
   ORDER BY role.name, permission.name`;
const COUNTS = `SELECT (SELECT count(*)::int FROM roles) AS roles, (SELECT count(*)::int FROM permissions) AS permissions,
                       (SELECT count(*)::int FROM role_permissions) AS grants`;

describe('the migration SeedSystemRoles', () => {
  it('changes nothing when it runs again', () =>
    inTransaction(async (query, run) => {
      const [before, counts] = [await query(SEEDED), await query(COUNTS)];
      await run('up');
      expect(await query(SEEDED)).toEqual(before);
      expect(await query(COUNTS)).toEqual(counts);
    }));

  it('puts right what was changed by hand', () =>
    inTransaction(async (query, run) => {
      const before = await query(SEEDED);
      await query(`UPDATE roles SET name = 'trainer', is_system = false WHERE name = 'coach'`);
      await query(`DELETE FROM permissions WHERE name = 'training.session.read'`);
      await run('up');
      expect(await query(SEEDED)).toEqual(before);
    }));

  it('takes back what it brought and nothing else, and brings it again', () =>
    inTransaction(async (query, run) => {
      const before = await query(SEEDED);
      await query(`INSERT INTO roles (name, description) VALUES ('referee', 'Whistles')`);
      await query(`INSERT INTO permissions (name, description) VALUES ('user.referee.read', 'See referees')`);
      await run('down');
      expect(await query(COUNTS)).toEqual([{ roles: 1, permissions: 1, grants: 0 }]);
      await run('up');
      expect(await query(SEEDED)).toEqual(before);
    }));

  it('refuses to take away the role of a member', () =>
    inTransaction(async (query, run) => {
      await query(`INSERT INTO organizations (name, subdomain) VALUES ('Club', 'club')`);
      await query(`INSERT INTO users (email, password_hash, first_name, last_name)
                   VALUES ('a@example.com', '$argon2id$x', 'Mia', 'Keller')`);
      await query(`INSERT INTO organization_memberships (user_id, organization_id, role_id)
                   SELECT users.id, organizations.id, roles.id FROM users, organizations, roles WHERE roles.name = 'coach'`);
      await expect(run('down')).rejects.toMatchObject({ driverError: { code: '23503' } });
    }));

  it('gives every role and permission an id that is the same everywhere', async () => {
    const rows = await dataSource.query<{ id: string }[]>(
      'SELECT id FROM roles UNION ALL SELECT id FROM permissions',
    );
    expect(rows).toHaveLength(33);
    expect(rows.filter(({ id }) => !id.startsWith('019aa000-0000-7000-8000-'))).toEqual([]);
  });
});
