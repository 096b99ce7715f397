import type { Query } from '../pg/query';

/** Inside a transaction: a statement that fails is taken back alone, and the transaction goes on. */
export function withSavepoints(query: Query): Query {
  return async <Row>(sql: string, parameters?: unknown[]) => {
    await query('SAVEPOINT before');
    try {
      return await query<Row>(sql, parameters);
    } catch (error) {
      await query('ROLLBACK TO SAVEPOINT before');
      throw error;
    }
  };
}
