import type { Client } from 'pg';
import { connect } from '../../../pg/connect';
import { queryOf } from '../../../pg/query';
import type { ConversionDatabase } from '../../conversion-database';

/** A database as the phases see it, over one session. */
export function conversionDatabaseOver(client: Client, url: string): ConversionDatabase {
  const query = queryOf(client);
  return {
    service: 'user-service',
    query,
    transaction: async (work) => {
      await query('BEGIN');
      try {
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await query('ROLLBACK');
        throw error;
      }
    },
    connect: () => connect(url, 'user-service'),
  };
}
