/**
 * How a relay learns that there is work without asking every millisecond: LISTEN, on a connection of its own.
 *
 * The NOTIFY is sent after the commit, by a statement of its own and one at a time, and not by the transaction that writes:
 * a transaction that notifies holds a lock of the whole server while it commits, which would make all writers wait for each
 * other. https://www.postgresql.org/docs/current/sql-notify.html  A notice that gets lost costs one poll of the relay.
 */
import { Logger } from '@nestjs/common';
import type { PoolClient } from 'pg';
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

/** Calls `onNotice` whenever another process says that there is work. */
export class Notices {
  private readonly logger = new Logger(Notices.name);
  private readonly loop: BackgroundLoop;
  private endOfConnection?: () => void;
  private isStopping = false;

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
    this.isStopping = true;
    const stopped = this.loop.stop();
    this.endOfConnection?.();
    await stopped;
  }

  /** For as long as the connection lasts. */
  private async listen(): Promise<Round> {
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      const client = (await queryRunner.connect()) as PoolClient;
      const ended = new Promise<void>((resolve) => {
        this.endOfConnection = resolve;
        client.once('end', resolve);
        // For good: a connection that breaks says so more than once, and nobody else listens to it.
        client.on('error', () => resolve());
      });
      client.on('notification', this.onNotice);
      try {
        await client.query(`LISTEN ${CHANNEL}`);
        // What was written while nobody listened.
        this.onNotice();
        if (!this.isStopping) await ended;
      } finally {
        client.removeListener('notification', this.onNotice);
        await unlisten(client, this.logger);
      }
    } finally {
      await queryRunner.release();
    }
    return 'idle';
  }
}

/** The pool hands the connection to others next. */
async function unlisten(client: PoolClient, logger: Logger): Promise<void> {
  try {
    await client.query(`UNLISTEN ${CHANNEL}`);
  } catch (error) {
    logger.debug('the connection that listened is gone', error);
  }
}
