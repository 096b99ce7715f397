import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '../../database/data-source';
import { createTestDatabase, testDatabaseConfig, type TestDatabase } from '../../testing';
import { messagingEntities } from './messaging-entities';
import { createMessagingTablesV1, dropMessagingTablesV1 } from './v1';

class MessagingTables1764000000000 implements MigrationInterface {
  up(queryRunner: QueryRunner) {
    return createMessagingTablesV1(queryRunner);
  }

  down(queryRunner: QueryRunner) {
    return dropMessagingTablesV1(queryRunner);
  }
}

let database: TestDatabase;
let dataSource: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = new DataSource({
    ...dataSourceOptions({
      service: 'user-service',
      entities: messagingEntities,
      config: testDatabaseConfig(database.url),
    }),
    migrations: [MessagingTables1764000000000],
  });
  await dataSource.initialize();
});
afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

test('makes the very tables that the entities are', async () => {
  await dataSource.runMigrations();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries).toEqual([]);
});

test('leaves nothing behind when it is taken back', async () => {
  const relations = () =>
    dataSource.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'migrations%'
        AND relname NOT LIKE 'pk_migrations%'
        UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'`,
    );
  await dataSource.runMigrations();
  expect(await relations()).not.toEqual([]);
  await dataSource.undoLastMigration();
  expect(await relations()).toEqual([]);
});
