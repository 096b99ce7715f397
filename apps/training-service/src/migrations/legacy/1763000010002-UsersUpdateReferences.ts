import { runSqlOf, withDecidedReferences } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/**
 * Phase 3 of 5 of the id conversion `users`: every reference gets its UUID; indexes and rules are made again on the UUIDs; all of it is
 * proven. What becomes of references to users who are gone is the operator's to decide.
 */
export class UsersUpdateReferences1763000010002 implements MigrationInterface {
  static transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { updateReferences } = await import('@hockey-hub/migrator/src/conversion');
    await withDecidedReferences(runSqlOf(queryRunner), users, (decided) => updateReferences.up(decided, queryRunner));
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { updateReferences } = await import('@hockey-hub/migrator/src/conversion');
    await updateReferences.down(users, queryRunner);
  }
}
