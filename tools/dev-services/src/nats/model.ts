/** A NATS server with JetStream that accepts connections. */
export interface NatsServer {
  /** `nats://user:password@127.0.0.1:port`. */
  readonly url: string;
  readonly port: number;
  /** Where JetStream keeps its streams. */
  readonly storeDirectory: string;
}

export interface NatsOptions {
  /** The folder that holds the server, its streams and what was unpacked. Default `<workspace>/.data`. */
  dataRoot?: string;
  /** The nats-server to run. Default: the one on the PATH, else Debian's, which is fetched. */
  program?: string;
  /** Told, one line at a time, what takes noticeable time. Default: nobody is. */
  onMessage?: (line: string) => void;
}

/** The one user of every server we make. */
export const natsUser = 'hockey_hub';

export function natsUrl(port: number, password: string): string {
  return `nats://${natsUser}:${password}@127.0.0.1:${port}`;
}
