/**
 * The platform under test: real servers, real processes, and a proxy on every way between them.
 *
 *     user-service-1 ──[proxy]──> Postgres        each process has two proxies of its own, so that
 *     training-service-1 ──[proxy]──> NATS        one can lose a server that the others still have
 *
 * Owns their lives. Does not own what happens to them (faults/) nor what they are asked to do (writers/). The test itself
 * reaches the servers directly.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ManagedProcess, type UnaskedEnd } from '@hockey-hub/child-processes';
import { databaseNameOf } from '@hockey-hub/shared-lib/src/database/database-url';
import {
  KILLABLE_SETTINGS,
  startTemporaryNats,
  startTemporaryPostgres,
  type PostgresMajor,
  type TemporaryNats,
  type TemporaryPostgres,
} from '@hockey-hub/dev-services';
import { TcpProxy } from '../proxy/tcp-proxy';
import { migrateDatabases } from './migrate-databases';
import { PROCESSES, SERVERS, type PlatformProcess, type ServerName, type ServiceName } from './topology';

export interface WorldOptions {
  /** Where the logs go; exists. */
  readonly folder: string;
  readonly postgresMajor?: PostgresMajor;
  /** Told what takes a while. */
  readonly onProgress: (message: string) => void;
}

export class World {
  readonly unaskedEnds: UnaskedEnd[] = [];
  readonly processes = new Map<string, ManagedProcess<PlatformProcess>>();
  /** For the operators' endpoints. */
  readonly operatorToken = randomBytes(16).toString('hex');
  private readonly proxies = new Map<string, TcpProxy>();

  private constructor(
    readonly postgres: TemporaryPostgres,
    readonly nats: TemporaryNats,
  ) {}

  /** @throws ChaosError PREPARATION_FAILED; DevServicesError when a server cannot be started */
  static async start({ folder, postgresMajor, onProgress }: WorldOptions): Promise<World> {
    onProgress('starting Postgres and NATS');
    const postgres = await startTemporaryPostgres({ major: postgresMajor, settings: KILLABLE_SETTINGS });
    let world: World | undefined;
    try {
      world = new World(postgres, await startTemporaryNats());
      onProgress('migrating the databases');
      await migrateDatabases(postgres.url);
      await world.addProcesses(join(folder, 'logs'));
      return world;
    } catch (error) {
      await (world ?? postgres).stop();
      throw error;
    }
  }

  /** A service's database, reached directly. */
  databaseUrl(service: string): string {
    return withPath(this.postgres.url, databaseNameOf(service));
  }

  /** The replicas of a service that listen. */
  listening(service: ServiceName): ManagedProcess<PlatformProcess>[] {
    return [...this.processes.values()].filter(
      ({ plan, url }) => plan.service === service && plan.role === 'service' && url !== undefined,
    );
  }

  process(name: string): ManagedProcess<PlatformProcess> {
    const process = this.processes.get(name);
    if (!process) throw new RangeError(`there is no process ${name}`);
    return process;
  }

  /** @param link `user-service-1>nats`, or `*>nats` for all links to it */
  proxiesOf(link: string): TcpProxy[] {
    const [process, server] = link.split('>');
    const found = [...this.proxies]
      .filter(([name]) => name === link || (process === '*' && name.endsWith(`>${server}`)))
      .map(([, proxy]) => proxy);
    if (found.length === 0) throw new RangeError(`there is no link ${link}`);
    return found;
  }

  /** The names of the processes that should listen and do not. */
  get notListening(): string[] {
    return [...this.processes.values()].filter(({ url }) => url === undefined).map(({ plan }) => plan.name);
  }

  /** Links that nobody has used yet: a fault on one of them would do nothing. */
  get unusedLinks(): string[] {
    return [...this.proxies].filter(([, { acceptedCount }]) => acceptedCount === 0).map(([link]) => link);
  }

  startProcesses(): void {
    for (const process of this.processes.values()) process.start();
  }

  /** Ends everything and removes the servers. May be called again. */
  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.dispose()));
    await Promise.all([...this.proxies.values()].map((proxy) => proxy.close()));
    this.processes.clear();
    this.proxies.clear();
    await Promise.all([this.postgres.stop(), this.nats.stop()]);
  }

  private async addProcesses(logFolder: string): Promise<void> {
    await mkdir(logFolder, { recursive: true });
    for (const plan of PROCESSES) {
      const env = await this.environmentOf(plan);
      const onUnaskedEnd = (end: UnaskedEnd) => this.unaskedEnds.push(end);
      this.processes.set(plan.name, new ManagedProcess(plan, env, logFolder, onUnaskedEnd));
    }
  }

  private async environmentOf({ name }: PlatformProcess): Promise<Record<string, string>> {
    const ports = {} as Record<ServerName, number>;
    for (const server of SERVERS) {
      const proxy = await TcpProxy.start(() => this[server].port);
      this.proxies.set(`${name}>${server}`, proxy);
      ports[server] = proxy.port;
    }
    return {
      DATABASE_URL: withPort(this.postgres.url, ports.postgres),
      NATS_URL: withPort(this.nats.url, ports.nats),
      PORT: '0',
      OPERATOR_TOKEN: this.operatorToken,
    };
  }
}

function withPort(url: string, port: number): string {
  const { host } = new URL(url);
  return url.replace(`@${host}`, `@127.0.0.1:${port}`);
}

function withPath(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
