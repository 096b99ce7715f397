import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ChaosError, systemCodeOf } from '../errors';

const PATIENCE_MS = 10_000;
const ATTEMPT_PAUSE_MS = 50;

/**
 * Listens on the loopback address.
 * @param port a free one when it is left out; else it is waited for, because a client's socket may use it for a moment
 * @throws ChaosError PORT_LOST after ten seconds
 */
export async function listenOn(server: Server, port = 0): Promise<{ server: Server; port: number }> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      server.listen({ host: '127.0.0.1', port });
      await once(server, 'listening');
      return { server, port: (server.address() as AddressInfo).port };
    } catch (error) {
      if (systemCodeOf(error) !== 'EADDRINUSE') throw error;
      if (Date.now() >= deadline) {
        const message = `port ${port} of a proxy was taken by another process while the proxy refused connections; run again`;
        throw new ChaosError('PORT_LOST', message, { cause: error });
      }
      await pause(ATTEMPT_PAUSE_MS);
    }
  }
}
