/** The smallest thing that rooms need of a connection. */
import type { Client } from 'pg';

/** Anything that sends a statement with parameters and gives its rows: a `pg` client's, TypeORM's query runner. */
export type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

export function queryOf(client: Client): Query {
  return async <Row>(sql: string, parameters?: unknown[]) =>
    (await client.query(sql, parameters)).rows as Row[];
}
