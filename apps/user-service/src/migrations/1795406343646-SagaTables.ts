import { createSagaTablesV1, dropSagaTablesV1 } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sagas are kept in while they are under way; see the shared library's room `sagas`. */
export class SagaTables1795406343646 implements MigrationInterface {
  readonly name = 'SagaTables1795406343646';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createSagaTablesV1(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropSagaTablesV1(queryRunner);
  }
}
