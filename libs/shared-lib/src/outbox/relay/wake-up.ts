/**
 * How a relay learns that there is work without asking every millisecond: LISTEN, on a connection of its own.
 *
 * The NOTIFY is sent after the commit, by a statement of its own and one at a time, and not by the transaction that writes:
 * a transaction that notifies holds a lock of the whole server while it commits, which would make all writers wait for each
 * other. https://www.postgresql.org/docs/current/sql-notify.html  A notice that gets lost costs one poll of the relay.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, type QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { BackgroundLoop, type Round } from '../background-loop';

const CHANNEL = 'outbox_events';
/** The notifier rests until it is woken. */
const IDLE_MS = 60_000;

/** Tells the relays of other processes. */
export class Notifier {
  private isWanted = false;
  private readonly loop: BackgroundLoop;

  constructor(private readonly dataSource: DataSource) {
    this.loop = new BackgroundLoop({ name: Notifier.name, work: () => this.notify(), idleMs: IDLE_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  wake(): void {
    this.isWanted = true;
    this.loop.wake();
  }

  private async notify(): Promise<Round> {
    if (!this.isWanted) return 'idle';
    this.isWanted = false;
    await this.dataSource.query(`SELECT pg_notify($1, '')`, [CHANNEL]);
    return 'idle';
  }
}

/** Between two looks whether the connection is still one: a network that went away says nothing. */
const CHECK_EVERY_MS = 30_000;
const CHECK_WITHIN_MS = 5_000;

/**
 * Calls `onNotice` whenever another process says that there is work. Listens by a connection of its own and not by one of
 * the pool: it takes nobody's, and a pool of one is enough.
 */
export class Notices {
  private readonly loop: BackgroundLoop;
  private readonly stopping = new AbortController();

  constructor(
    private readonly dataSource: DataSource,
    private readonly onNotice: () => void,
  ) {
    this.loop = new BackgroundLoop({ name: Notices.name, work: () => this.listen(), idleMs: 1_000 });
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
  }

  /** For as long as the connection lasts. */
  private async listen(): Promise<Round> {
    const client = new Client(connectionOptionsOf(this.dataSource));
    const ended = new AbortController();
    client.once('end', () => ended.abort());
    // For good: a connection that breaks says so more than once, and nobody else listens to it.
    client.on('error', () => ended.abort());
    client.on('notification', this.onNotice);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // What was written while nobody listened.
      this.onNotice();
      const signal = AbortSignal.any([ended.signal, this.stopping.signal]);
      while (await hasPassed(CHECK_EVERY_MS, signal)) await check(client);
    } finally {
      client.removeListener('notification', this.onNotice);
      await client.end();
    }
    return 'idle';
  }
}

/** What the pool connects with: TypeORM hands it all of its options. */
function connectionOptionsOf({ driver }: DataSource): ClientConfig {
  return (driver as unknown as { readonly master: { readonly options: ClientConfig } }).master.options;
}

/** @returns false when `signal` came first */
async function hasPassed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** @throws Error when there is no answer in time: the connection is dead, and is given up */
async function check(client: Client): Promise<void> {
  const query: QueryConfig & { readonly query_timeout: number } = {
    text: 'SELECT 1',
    query_timeout: CHECK_WITHIN_MS,
  };
  await client.query(query);
}
