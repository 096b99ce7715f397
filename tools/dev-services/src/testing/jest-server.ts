import type { TemporaryPostgres } from '../postgres/temporary-postgres';

/** On globalThis, because Jest loads the setup and the teardown as two separate module graphs of one process. */
const slot = globalThis as { hockeyHubTestServer?: TemporaryPostgres };

export function rememberServer(server: TemporaryPostgres): void {
  slot.hockeyHubTestServer = server;
}

/** Hands the server out once. */
export function takeServer(): TemporaryPostgres | undefined {
  const server = slot.hockeyHubTestServer;
  delete slot.hockeyHubTestServer;
  return server;
}
