/** A session of somebody else that sits on a lock until it is told to let go. */
import { connect } from '../pg/connect';
import { waitUntil } from './wait-until';

export interface HeldLock {
  /** The process id of the server's session that waits for the lock, as soon as there is one. */
  waiter(): Promise<number>;
  /** Resolves when nobody waits for the lock. */
  abandoned(): Promise<void>;
  release(): Promise<void>;
}

/** @param statement takes the lock inside a transaction that stays open, such as `LOCK TABLE users` */
export async function holdLock(url: string, statement: string): Promise<HeldLock> {
  const client = await connect(url, 'lock holder');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await client.query('BEGIN');
  await client.query(statement);
  const waiting = async () => {
    const blocked = await client.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))',
      [rows[0]?.pid],
    );
    // Inside a transaction the activity is read once and kept.
    await client.query('SELECT pg_stat_clear_snapshot()');
    return blocked.rows[0]?.pid;
  };
  return {
    waiter: () => waitUntil('a session waits for the lock', waiting),
    abandoned: async () => {
      await waitUntil('nobody waits for the lock', async () => ((await waiting()) ? undefined : true));
    },
    release: () => client.end(),
  };
}
