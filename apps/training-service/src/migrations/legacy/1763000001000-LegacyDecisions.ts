import { createLegacyTablesV1, dropLegacyTablesV1, runSqlOf } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns that refer to users, and must have a value. */
const REQUIRED = [
  ['workout_sessions', 'createdBy'],
  ['workout_assignments', 'playerId'],
  ['player_workout_loads', 'playerId'],
  ['notes', 'subjectId'],
];

/**
 * Where people write down what is to become of rows that cannot be taken over as they are. A reference to a user who is gone can
 * become null from here on: UsersUpdateReferences reads what was decided about it, LegacyToTarget the rest.
 */
export class LegacyDecisions1763000001000 implements MigrationInterface {
  readonly name = 'LegacyDecisions1763000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const run = runSqlOf(queryRunner);
    await createLegacyTablesV1(run);
    for (const [table, column] of REQUIRED) await run(`ALTER TABLE "${table}" ALTER COLUMN "${column}" DROP NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const run = runSqlOf(queryRunner);
    for (const [table, column] of REQUIRED) await run(`ALTER TABLE "${table}" ALTER COLUMN "${column}" SET NOT NULL`);
    await dropLegacyTablesV1(run);
  }
}
