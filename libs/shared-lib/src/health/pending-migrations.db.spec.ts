import { DataSource, type MigrationInterface } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../testing';
import { pendingMigrations } from './pending-migrations';

class Nothing implements MigrationInterface {
  up = () => Promise.resolve();
  down = () => Promise.resolve();
}
class AddUsers1700000000001 extends Nothing {}
class AddTeams1700000000002 extends Nothing {}
class InitialSchema1700000000003 extends Nothing {
  static replaces = ['AddUsers', 'AddTeams1700000000002'];
}
class AddRoles1700000000004 extends Nothing {}
class SwitchKeys1700000000005 extends Nothing {
  static gate = 'switch';
}
class AfterSwitch1700000000006 extends Nothing {}

const MIGRATIONS = [
  AfterSwitch1700000000006,
  SwitchKeys1700000000005,
  AddRoles1700000000004,
  InitialSchema1700000000003,
  AddTeams1700000000002,
  AddUsers1700000000001,
];

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: MIGRATIONS,
    installExtensions: false,
  });
  await dataSource.initialize();
  await dataSource.query('CREATE TABLE migrations (id serial PRIMARY KEY, "timestamp" bigint, name varchar)');
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

it.each([
  ['a squash in the place of what it replaces, up to the first gate', [], [3, 4]],
  ['nothing of what a squash did', [3], [4]],
  ['the rest of a chain that had begun, and the squash until it is recorded', [1], [2, 3, 4]],
  ['nothing before a closed gate', [3, 4], []],
  ['what comes after the gate once it was opened', [3, 4, 5], [6]],
  ['nothing when all is there', [1, 2, 3, 4, 5, 6], []],
])('waits for %s', async (_, applied, pending) => {
  const names = new Map(MIGRATIONS.map(({ name }) => [Number(name.slice(-1)), name]));
  await dataSource.query('TRUNCATE migrations');
  for (const number of applied) {
    await dataSource.query('INSERT INTO migrations ("timestamp", name) VALUES ($1, $2)', [
      number,
      names.get(number),
    ]);
  }
  expect(await pendingMigrations(dataSource)).toEqual(pending.map((number) => names.get(number)));
});
