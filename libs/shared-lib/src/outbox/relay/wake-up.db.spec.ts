import type { DataSource } from 'typeorm';
import { createDataSource } from '../../database/data-source';
import { createTestDatabase, eventually, testDatabaseConfig, type TestDatabase } from '../../testing';
import { Notices, Notifier } from './wake-up';

let database: TestDatabase;
let dataSource: DataSource;
let notices: Notices;
let notifier: Notifier;
let noticed: number;

beforeEach(async () => {
  database = await createTestDatabase();
  const config = { ...testDatabaseConfig(database.url), poolSize: 1 };
  dataSource = await createDataSource({ service: 'club-service', entities: [], config }).initialize();
  noticed = 0;
  notices = new Notices(dataSource, () => (noticed += 1));
  notifier = new Notifier(dataSource);
  notices.start();
  notifier.start();
  await eventually('it listens', () => Promise.resolve(noticed === 1));
});
afterEach(async () => {
  await Promise.all([notices?.stop(), notifier?.stop()]);
  await dataSource?.destroy();
  await database?.drop();
});

const listeners = () =>
  dataSource.query<{ pid: number; application_name: string }[]>(
    `SELECT pid, application_name FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
  );

test('hears of work by a connection of its own, so that the pool of one is free for everybody', async () => {
  notifier.wake();
  await eventually('it heard', () => Promise.resolve(noticed === 2));
  expect(await listeners()).toMatchObject([{ application_name: 'club-service' }]);
});

test('listens again when the connection ended, and looks for what it missed', async () => {
  const [{ pid } = { pid: 0 }] = await listeners();
  await dataSource.query('SELECT pg_terminate_backend($1)', [pid]);
  await eventually('it listens again', () => Promise.resolve(noticed === 2));
  notifier.wake();
  await eventually('it heard', () => Promise.resolve(noticed === 3));
});

test('leaves no connection behind', async () => {
  await notices.stop();
  expect(await listeners()).toEqual([]);
});
