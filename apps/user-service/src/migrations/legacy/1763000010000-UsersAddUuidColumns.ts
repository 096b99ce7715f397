import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 1 of 5 of the id conversion `users`: a UUID beside each number, kept in agreement by triggers from now on; views for old and for new clients. */
export class UsersAddUuidColumns1763000010000 implements MigrationInterface {
  static transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { addUuidColumns } = await import('@hockey-hub/migrator/src/conversion');
    await addUuidColumns.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { addUuidColumns } = await import('@hockey-hub/migrator/src/conversion');
    await addUuidColumns.down(users, queryRunner);
  }
}
