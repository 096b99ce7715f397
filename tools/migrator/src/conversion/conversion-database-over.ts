import type { Client } from 'pg';
import { connect } from '../pg/connect';
import { inTransaction, transactionControlOf } from '../pg/in-transaction';
import { queryOf } from '../pg/query';
import type { ConversionDatabase } from './conversion-database';

/** A database over a session that is open; the caller ends it. `url` is where more of them are opened. */
export function conversionDatabaseOver(client: Client, service: string, url: string): ConversionDatabase {
  const query = queryOf(client);
  return {
    service,
    query,
    transaction: (work) => inTransaction(transactionControlOf(query), () => work(query)),
    connect: () => connect(url, service),
  };
}
