import { dropConversionViews, judgeLegacyRows, runSqlOf } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { InitialSchema1764000000000 } from '../1764000000000-InitialSchema';
import { archiveUsers, lockLegacyUsers, removeSecrets } from './take-over/archive-users';
import { provePeople } from './take-over/prove-people';
import { takeOverPeople } from './take-over/take-over-people';
import { takeOverTeams } from './take-over/take-over-teams';
import { userChecks } from './take-over/user-checks';

/**
 * The legacy tables, whose ids are UUIDs by now, become those of the platform, in one transaction: judged, moved to `legacy_archive`,
 * the schema made by the very statements of InitialSchema, the rows inserted, counted. All clients of the
 * user-service wait meanwhile, minutes for a million users: announce it.
 */
export class LegacyToTarget1763000101000 implements MigrationInterface {
  // Where the codes of its teams are told to this service.
  static dependsOn = ['training-service:LegacyDecisions'];
  // Nobody may know the legacy tables any more, and everybody waits: not on the way, but when somebody says so.
  static gate = 'contract';
  static irreversible =
    'People write to the platform from here on, and the legacy tables have no place for what they write. The legacy rows are ' +
    'in the schema legacy_archive, without passwords and tokens, and in the backup that the migrator took before.';
  readonly name = 'LegacyToTarget1763000101000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const run = runSqlOf(queryRunner);
    await lockLegacyUsers(run);
    await judgeLegacyRows(run, 'user-service', userChecks);
    await dropConversionViews(run);
    await archiveUsers(run);
    await new InitialSchema1764000000000().up(queryRunner);
    await takeOverTeams(run, new Date());
    await takeOverPeople(run);
    await provePeople(run);
    await removeSecrets(run);
  }

  async down(): Promise<void> {
    throw new Error(LegacyToTarget1763000101000.irreversible);
  }
}
