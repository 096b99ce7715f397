import type { DataSource } from 'typeorm';
import { forgetProcessedCommands } from '../commands/command-retention';
import { BackgroundLoop, type Round } from './background-loop';

const HOUR_MS = 60 * 60_000;
/** Rows deleted at once: few enough to hold no lock for long. */
const BATCH = 1_000;

/**
 * Forgets what nobody asks for any more: settled dead letters and answers to commands, after thirty days. Events need no
 * retention: the outbox lets go of them with the last receipt, the inbox keeps none that is done.
 */
export class Retention {
  private readonly loop: BackgroundLoop;

  constructor(private readonly dataSource: DataSource) {
    this.loop = new BackgroundLoop({ name: Retention.name, work: () => this.round(), idleMs: HOUR_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    const [, letters] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM "dead_letters" WHERE "id" IN (
         SELECT "id" FROM "dead_letters" WHERE "settled_at" < now() - interval '30 days' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
    );
    const commands = await forgetProcessedCommands(this.dataSource.manager);
    return letters + commands > 0 ? 'more' : 'idle';
  }
}
