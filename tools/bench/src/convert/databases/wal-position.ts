import type { Client } from 'pg';

/** How many bytes of WAL the server has written since it began: all databases, and all sessions. */
export async function walPosition(admin: Client): Promise<number> {
  const { rows } = await admin.query<{ bytes: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS "bytes"`,
  );
  return rows[0]!.bytes;
}
