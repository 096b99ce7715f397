/** What a phase has of its service's database: the session that it runs in, and more of them for its workers. */
import type { Client } from 'pg';
import type { Query } from '../pg/query';

export interface ConversionDatabase {
  readonly service: string;
  /** The session that runs the migration, outside a transaction. */
  readonly query: Query;
  /** Runs `work` in a transaction of that session; rolled back when it throws. Never nested. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  /** Another session, with the same role; the caller ends it. */
  connect(): Promise<Client>;
}
