import { startTemporaryNats, type TemporaryNats } from '@hockey-hub/dev-services/src/nats/temporary-nats';

const START_TIMEOUT_MS = 60_000;

/**
 * A NATS server with JetStream for the tests of one file: theirs alone, so that they may kill it, start it again and take its
 * streams away. Registers the hooks; what is returned gives the server once the first test has begun, as do the `beforeAll`
 * hooks that are registered later.
 */
export function useNats(): () => TemporaryNats {
  let server: TemporaryNats | undefined;

  beforeAll(async () => {
    server = await startTemporaryNats();
  }, START_TIMEOUT_MS);
  afterAll(() => server?.stop());

  return () => {
    if (!server) throw new Error('the NATS server of this file is started by a hook; ask for it in a test');
    return server;
  };
}
