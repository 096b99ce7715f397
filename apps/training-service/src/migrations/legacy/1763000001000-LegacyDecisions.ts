import {
  createLegacyDecisionsV1,
  createLegacyTeamCodesV1,
  dropLegacyDecisionsV1,
  dropLegacyTeamCodesV1,
} from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where people write down what is to become of rows that cannot be taken over as they are; LegacyToTarget reads it. */
export class LegacyDecisions1763000001000 implements MigrationInterface {
  readonly name = 'LegacyDecisions1763000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const run = (sql: string, parameters?: unknown[]) => queryRunner.query(sql, parameters);
    await createLegacyDecisionsV1(run);
    await createLegacyTeamCodesV1(run);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const run = (sql: string, parameters?: unknown[]) => queryRunner.query(sql, parameters);
    await dropLegacyTeamCodesV1(run);
    await dropLegacyDecisionsV1(run);
  }
}
