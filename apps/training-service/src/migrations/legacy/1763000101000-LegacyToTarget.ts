import { dropConversionViews, judgeLegacyRows, runSqlOf } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { InitialSchema1764000000000 } from '../1764000000000-InitialSchema';
import { archiveTraining, lockLegacyTraining } from './take-over/archive-training';
import { proveTraining } from './take-over/prove-training';
import { takeOverTraining } from './take-over/take-over-training';
import { trainingChecks } from './take-over/training-checks';

/**
 * The legacy tables, whose users are UUIDs by now, become those of the platform, in one transaction: judged, moved to `legacy_archive`,
 * the schema made by the very statements of InitialSchema, the rows inserted, counted. All clients of the
 * training-service wait meanwhile, minutes for a million rows: announce it.
 */
export class LegacyToTarget1763000101000 implements MigrationInterface {
  static dependsOn = ['user-service:LegacyToTarget'];
  // Nobody may know the legacy tables any more, and everybody waits: not on the way, but when somebody says so.
  static gate = 'contract';
  static irreversible =
    'People write to the platform from here on, and the legacy tables have no place for what they write. The legacy rows are ' +
    'in the schema legacy_archive, and in the backup that the migrator took before.';
  readonly name = 'LegacyToTarget1763000101000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const run = runSqlOf(queryRunner);
    await lockLegacyTraining(run);
    await judgeLegacyRows(run, 'training-service', trainingChecks);
    await dropConversionViews(run);
    await archiveTraining(run);
    await new InitialSchema1764000000000().up(queryRunner);
    await takeOverTraining(run);
    await proveTraining(run);
  }

  async down(): Promise<void> {
    throw new Error(LegacyToTarget1763000101000.irreversible);
  }
}
