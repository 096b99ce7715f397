import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 3 of 5 of the id conversion `users`: every reference gets its UUID; indexes and rules are made again on the UUIDs; all of it is proven. */
export class UsersUpdateReferences1763000010002 implements MigrationInterface {
  static transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { updateReferences } = await import('@hockey-hub/migrator/src/conversion');
    await updateReferences.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { updateReferences } = await import('@hockey-hub/migrator/src/conversion');
    await updateReferences.down(users, queryRunner);
  }
}
