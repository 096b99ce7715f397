/**
 * Who is alive among the processes that run the sagas of a service. Each has an id of its own and holds a session lock of
 * Postgres for as long as it lives; the lock goes with its connection, however it ends. Whoever finds sagas of an id whose lock
 * is free takes the lock, gives those sagas back to their queues, and lets go.
 *
 * A process that only lost its connection is taken for dead, too: its sagas then run in two processes for a moment. DBOS lets
 * only the one that took a saga last write anything (`owner_xid`), and the keys of commands make what both send happen once.
 */
import { Logger } from '@nestjs/common';
import { Client, type PoolConfig } from 'pg';
import { v4 as uuid } from 'uuid';

const KEY = `hashtextextended('saga executor ' || $1, 0)`;

const LEFT_BEHIND = `SELECT executor_id AS id FROM dbos.workflow_status WHERE status = 'PENDING'`;

export class ExecutorLease {
  readonly executorId: string = uuid();
  private readonly logger = new Logger(ExecutorLease.name);
  private client?: Client;

  constructor(private readonly settings: PoolConfig) {}

  /** Makes sure that this process counts as alive. */
  async hold(): Promise<void> {
    await this.connection();
  }

  /**
   * Calls `recover` with the id of each process that is dead and has sagas left.
   * @returns how many there were
   */
  async recoverDead(recover: (executorId: string) => Promise<unknown>): Promise<number> {
    const client = await this.connection();
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT id FROM (${LEFT_BEHIND}) left_behind WHERE id <> $1`,
      [this.executorId],
    );
    let dead = 0;
    for (const { id } of rows) {
      const { rows: locked } = await client.query<{ free: boolean }>(
        `SELECT pg_try_advisory_lock(${KEY}) AS free`,
        [id],
      );
      if (!locked[0]?.free) continue;
      try {
        // Somebody else may have done it since the list was read.
        const { rowCount } = await client.query(`${LEFT_BEHIND} AND executor_id = $1 LIMIT 1`, [id]);
        if (rowCount === 0) continue;
        await recover(id);
        dead += 1;
        this.logger.warn(`took over the sagas of a process that is gone (${id})`);
      } finally {
        await client.query(`SELECT pg_advisory_unlock(${KEY})`, [id]);
      }
    }
    return dead;
  }

  /** From now on this process counts as dead. */
  async release(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private async connection(): Promise<Client> {
    if (this.client) return this.client;
    // A session that sleeps between two looks must not be ended by a limit that is for requests.
    const client = new Client({ ...this.settings, keepAlive: true });
    client.on('error', () => this.forget(client));
    client.on('end', () => this.forget(client));
    await client.connect();
    await client.query(`SELECT pg_advisory_lock(${KEY})`, [this.executorId]);
    this.client = client;
    return client;
  }

  private forget(client: Client): void {
    if (this.client === client) this.client = undefined;
  }
}
