import type { ConnectionOptions } from 'nats';

/** The client takes no credentials from a URL, and gives up after ten attempts unless told otherwise. */
export function connectionOptions(url: string, name: string): ConnectionOptions {
  const servers = url.split(',').map((server) => new URL(server.trim()));
  const { username, password } = servers[0]!;
  return {
    servers: servers.map(({ host }) => host),
    name,
    ...(username !== '' && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    ...(servers[0]!.protocol === 'tls:' && { tls: {} }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    // A server that vanished without a word is noticed after ten seconds.
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 5_000,
    // A stack trace for every message that is sent would cost more than sending it.
    noAsyncTraces: true,
  };
}
