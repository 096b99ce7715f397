import type { EntityManager } from 'typeorm';

/**
 * The smallest thing that this room needs of a connection, TypeORM's or a plain one: a statement with parameters gives its
 * rows. Of a TypeORM connection, statements must be SELECT, WITH ... SELECT or INSERT: an UPDATE gives a count along.
 */
export type Query = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

export function queryOf(manager: Pick<EntityManager, 'query'>): Query {
  return <Row>(sql: string, parameters?: unknown[]) => manager.query<Row[]>(sql, parameters);
}
