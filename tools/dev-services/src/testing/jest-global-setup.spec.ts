import type { TemporaryPostgres } from '../postgres/temporary-postgres';
import setUp from './jest-global-setup';
import tearDown from './jest-global-teardown';
import { rememberServer, takeServer } from './jest-server';
import { givenTestDatabaseUrl, publishTestDatabaseUrl } from './test-database.config';

const GIVEN = 'postgres://tester:secret@db.example:5432/postgres';

let before: string;
beforeEach(() => {
  // Where Jest runs this file in its own process, the server of this run is remembered here too: it is not ours to stop.
  takeServer();
  before = givenTestDatabaseUrl()!;
  publishTestDatabaseUrl(GIVEN);
});
afterEach(async () => {
  await takeServer()?.stop();
  publishTestDatabaseUrl(before);
});

test('uses the server that TEST_DATABASE_URL names, starts nothing, and leaves it as it is', async () => {
  await setUp();
  expect(givenTestDatabaseUrl()).toBe(GIVEN);
  expect(takeServer()).toBeUndefined();
  await tearDown();
  expect(givenTestDatabaseUrl()).toBe(GIVEN);
});

test('after a run of its own server nothing names it any more', async () => {
  let stops = 0;
  const stop = async () => void (stops += 1);
  rememberServer({ stop } as TemporaryPostgres);
  await tearDown();
  expect(stops).toBe(1);
  expect(givenTestDatabaseUrl()).toBeUndefined();
});
