import type { PoolClient } from 'pg';
import { QueryFailedError, type EntityManager } from 'typeorm';

/** A statement that runs very often. Its name is its identity: two texts never share one. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement of a transaction which Postgres parses and plans once for each connection, and not every time; that is
 * half of the cost of a small one. TypeORM has no prepared statements, and its log of slow queries does not see these.
 *
 * @param manager of a transaction
 * @throws QueryFailedError as TypeORM's own queries do
 */
export async function preparedQuery<Row extends object>(
  { queryRunner }: EntityManager,
  { name, text }: PreparedStatement,
  values: unknown[],
): Promise<Row[]> {
  if (!queryRunner) throw new Error(`the statement ${name} needs the manager of a transaction`);
  const client = (await queryRunner.connect()) as PoolClient;
  try {
    const { rows } = await client.query<Row>({ name, text, values });
    return rows;
  } catch (error) {
    throw new QueryFailedError(text, values, error as Error);
  }
}
