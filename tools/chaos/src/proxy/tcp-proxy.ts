/**
 * What stands between a process and a server. Owns the connections that go through it and the faults on them; knows
 * nothing of what is said on them.
 *
 * Faults overlap: each one that lasts is a function to lift it, and the link is in order when all are lifted. The address
 * of the server is asked for at every connection, because a server that was killed may come back on another port.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { listenOn } from './listen-on';
import { ProxiedConnection } from './proxied-connection';

/** Lifts the fault that returned it; does nothing the second time. */
export type Lift = () => Promise<void>;

/** What also holds for those that connect while it lasts. */
type LinkFault = 'stall' | 'server-gone' | 'lose-answers';

export class TcpProxy {
  private readonly connections = new Set<ProxiedConnection>();
  private readonly active = new Map<symbol, LinkFault>();
  private refusals = 0;
  private server?: Server;
  private accepted = 0;

  private constructor(
    /** Where clients connect to, on the loopback address. */
    readonly port: number,
    private readonly targetPort: () => number,
  ) {}

  /** @param targetPort the server's on the loopback address */
  static async start(targetPort: () => number): Promise<TcpProxy> {
    const first = await listenOn(createServer());
    const proxy = new TcpProxy(first.port, targetPort);
    proxy.take(first.server);
    return proxy;
  }

  get connectionCount(): number {
    return this.connections.size;
  }

  /** Since the start. */
  get acceptedCount(): number {
    return this.accepted;
  }

  cut(): void {
    for (const connection of this.connections) connection.cut();
  }

  /** Cuts what is connected and refuses what wants to be. */
  async refuse(): Promise<Lift> {
    this.refusals++;
    if (this.refusals === 1) await this.stopListening();
    this.cut();
    return liftOnce(async () => {
      this.refusals--;
      if (this.refusals > 0) return;
      const { server } = await listenOn(createServer(), this.port);
      this.take(server);
    });
  }

  /** Both ways, and those that connect meanwhile too; what was held goes on when it is lifted. */
  stall(): Lift {
    return this.begin('stall');
  }

  /** Requests arrive and are carried out, and nobody gets to know; cut when lifted. */
  loseAnswers(): Lift {
    return this.begin('lose-answers');
  }

  /** The server is gone from everything that is connected, and from who connects meanwhile; told when it is lifted. */
  loseServer(): Lift {
    for (const connection of this.connections) connection.loseSide('server');
    return this.begin('server-gone');
  }

  /** The clients are gone, and the server holds their sessions until it is lifted. Who connects meanwhile is served. */
  loseClients(): Lift {
    const lost = [...this.connections];
    for (const connection of lost) connection.loseSide('client');
    return liftOnce(async () => {
      for (const connection of lost) connection.cut();
    });
  }

  async close(): Promise<void> {
    const gone = this.server && once(this.server, 'close');
    this.server?.close();
    this.cut();
    await gone;
  }

  private begin(fault: LinkFault): Lift {
    const key = Symbol(fault);
    this.active.set(key, fault);
    for (const connection of this.connections) this.apply(connection);
    return liftOnce(async () => {
      this.active.delete(key);
      for (const connection of this.connections) {
        if (fault === 'stall') this.apply(connection);
        else connection.cut();
      }
    });
  }

  private apply(connection: ProxiedConnection): void {
    const faults = new Set(this.active.values());
    if (faults.has('server-gone')) connection.setValves('spilled', 'spilled');
    else if (faults.has('stall')) connection.setValves('held', 'held');
    else if (faults.has('lose-answers')) connection.setValves('open', 'spilled');
    else connection.setValves('open', 'open');
  }

  private take(server: Server): void {
    this.server = server;
    server.on('connection', (client: Socket) => {
      this.accepted++;
      const upstream = connect({ host: '127.0.0.1', port: this.targetPort(), allowHalfOpen: true });
      const connection = new ProxiedConnection(client, upstream, () => this.connections.delete(connection));
      this.connections.add(connection);
      this.apply(connection);
    });
  }

  private async stopListening(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    // Its `close` waits for the connections; it does not listen any more as soon as it was asked to.
    server.close();
  }
}

function liftOnce(work: () => Promise<void>): Lift {
  let lifted: Promise<void> | undefined;
  return () => (lifted ??= work());
}
