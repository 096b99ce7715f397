import { startTemporaryPostgres } from '../postgres/temporary-postgres';
import { givenTestDatabaseUrl, publishTestDatabaseUrl, testPostgresMajor } from './test-database.config';
import { rememberServer } from './jest-server';

/** One throw-away server for a Jest run, unless TEST_DATABASE_URL names one; the tests find it in TEST_DATABASE_URL. */
export default async function setUp(): Promise<void> {
  if (givenTestDatabaseUrl()) return;
  const server = await startTemporaryPostgres({ major: testPostgresMajor() });
  rememberServer(server);
  publishTestDatabaseUrl(server.url);
}
