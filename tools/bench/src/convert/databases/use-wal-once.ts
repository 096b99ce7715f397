import type { Client } from 'pg';

const BYTES_OF_A_SEGMENT = 16 * 2 ** 20;

/**
 * Leaves the server with as many segments of WAL as it keeps (`min_wal_size`), like one that has been in use for a while. A new one
 * fills each with zeros before its first use, and everybody who commits waits for that: 60 to 100 ms here, several times a second.
 * @throws what `pg` throws
 */
export async function useWalOnce(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ bytes: string }>(
    `SELECT pg_size_bytes(current_setting('min_wal_size')) AS bytes`,
  );
  for (let left = Number(rows[0]!.bytes); left > 0; left -= BYTES_OF_A_SEGMENT) {
    // Without a record in it, the segment would not be left.
    await admin.query(`SELECT pg_logical_emit_message(false, 'bench', '')`);
    await admin.query('SELECT pg_switch_wal()');
  }
  await admin.query('CHECKPOINT');
}
