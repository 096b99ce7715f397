import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';

const BYTES_OF_A_SEGMENT = 16 * 2 ** 20;
const MORE_THAN_IS_WRITTEN = '1TB';
const LOOK_AGAIN_MS = 20;

/**
 * Leaves the server with as many segments of WAL as it keeps (`min_wal_size`), like one that has been in use for a while. A new one
 * fills each with zeros before its first use, and everybody who commits waits for that: 60 to 100 ms here, several times a second.
 *
 * No checkpoint meanwhile: after one, the first segments would be used again instead of new ones being made.
 * @throws what `pg` throws
 */
export async function useWalOnce(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ bytes: string }>(
    `SELECT pg_size_bytes(current_setting('min_wal_size')) AS bytes`,
  );
  const maxWalSize = await maxWalSizeOf(admin);
  await admin.query(`ALTER SYSTEM SET max_wal_size = '${MORE_THAN_IS_WRITTEN}'`);
  await reload(admin, (size) => size === MORE_THAN_IS_WRITTEN);
  for (let left = Number(rows[0]!.bytes); left > 0; left -= BYTES_OF_A_SEGMENT) {
    // Without a record in it, the segment would not be left.
    await admin.query(`SELECT pg_logical_emit_message(false, 'bench', '')`);
    await admin.query('SELECT pg_switch_wal()');
  }
  await admin.query('ALTER SYSTEM RESET max_wal_size');
  await reload(admin, (size) => size === maxWalSize);
  await admin.query('CHECKPOINT');
}

async function maxWalSizeOf(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ max_wal_size: string }>('SHOW max_wal_size');
  return rows[0]!.max_wal_size;
}

/** Until this session has read the settings again: it is the one that would ask for a checkpoint. */
async function reload(admin: Client, isThere: (maxWalSize: string) => boolean): Promise<void> {
  await admin.query('SELECT pg_reload_conf()');
  while (!isThere(await maxWalSizeOf(admin))) await pause(LOOK_AGAIN_MS);
}
