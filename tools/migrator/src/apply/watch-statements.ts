/** Sees, and may wrap, every statement that a migration sends through its query runner. */
import type { QueryRunner } from 'typeorm';

export interface SentStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Sends one statement, now. */
export type Send = () => Promise<unknown>;

export interface StatementWatch {
  /** The statements sent so far, the last one perhaps failed. */
  readonly sent: readonly SentStatement[];
  stop(): void;
}

/** TypeORM's overloads of `query` differ in their result only, which passes through untouched. */
type Query = (sql: string, parameters?: unknown[], structured?: boolean) => Promise<unknown>;

/**
 * @param around decides how each statement is sent; as it is, when left out
 */
export function watchStatements(
  queryRunner: QueryRunner,
  around: (send: Send, sql: string) => Promise<unknown> = (send) => send(),
): StatementWatch {
  const runner = queryRunner as { query: Query };
  const original = runner.query;
  const sent: SentStatement[] = [];
  runner.query = (sql, parameters, structured) => {
    sent.push({ sql, parameters: parameters ?? [] });
    return around(() => original.call(queryRunner, sql, parameters, structured), sql);
  };
  return {
    sent,
    stop: () => {
      runner.query = original;
    },
  };
}
