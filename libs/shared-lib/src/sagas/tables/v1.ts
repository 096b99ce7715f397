/**
 * Where sagas keep their state: DBOS's own schema in the service's database, so that a backup of the rows is one of the sagas
 * too. Made by a migration, because the role that a service runs as may change rows alone; DBOS only looks whether it is there.
 * Frozen, as `outbox/tables/v1`.
 */
import type { QueryRunner } from 'typeorm';
import { DBOS_SCHEMA_V123 } from './dbos-schema-v123';

/** For `up`. */
export async function createSagaTablesV1(queryRunner: QueryRunner): Promise<void> {
  for (const statement of DBOS_SCHEMA_V123) await queryRunner.query(statement);
}

/** For `down`. Sagas that are under way are lost, and what they did so far stays done. */
export async function dropSagaTablesV1(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`DROP SCHEMA "dbos" CASCADE`);
}
