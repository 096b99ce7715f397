import { takeServer } from './jest-server';
import { withdrawTestDatabaseUrl } from './test-database.config';

/** Stops and removes the server of the Jest run; one that somebody else started is left alone. */
export default async function tearDown(): Promise<void> {
  const server = takeServer();
  if (!server) return;
  // In watch mode the next run is of this process, and must not take our server for somebody else's.
  withdrawTestDatabaseUrl();
  await server.stop();
}
