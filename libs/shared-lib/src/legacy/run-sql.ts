import type { QueryRunner } from 'typeorm';

/** One statement in the transaction of a migration. */
export type RunSql = (sql: string, parameters?: unknown[]) => Promise<unknown>;

export const runSqlOf =
  (queryRunner: QueryRunner): RunSql =>
  (sql, parameters) =>
    queryRunner.query(sql, parameters);
