import type { Client } from 'pg';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import type { ConversionDatabase } from './conversion-database';

/** A database over a session that is open; the caller ends it. `url` is where more of them are opened. */
export function conversionDatabaseOver(client: Client, service: string, url: string): ConversionDatabase {
  const query = queryOf(client);
  return {
    service,
    query,
    transaction: async (work) => {
      await query('BEGIN');
      try {
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await rollBack(client);
        throw error;
      }
    },
    connect: () => connect(url, service),
  };
}

/** The error that led here is the one to tell; a connection that cannot roll back is gone, and its transaction with it. */
async function rollBack(client: Client): Promise<void> {
  try {
    await client.query('ROLLBACK');
  } catch {
    // As above.
  }
}
