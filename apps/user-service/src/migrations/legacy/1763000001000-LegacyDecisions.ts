import { createLegacyTablesV1, dropLegacyTablesV1, runSqlOf } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where people write down what is to become of rows that cannot be taken over as they are; LegacyToTarget reads it. */
export class LegacyDecisions1763000001000 implements MigrationInterface {
  readonly name = 'LegacyDecisions1763000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createLegacyTablesV1(runSqlOf(queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropLegacyTablesV1(runSqlOf(queryRunner));
  }
}
