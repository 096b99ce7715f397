import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 4 of 5 of the id conversion `users`: one short transaction, after which the plain names hold the UUIDs. */
export class UsersSwitchPrimaryKeys1763000010003 implements MigrationInterface {
  static transaction = false;
  static gate = 'switch';

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { switchPrimaryKeys } = await import('@hockey-hub/migrator/src/conversion');
    await switchPrimaryKeys.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { switchPrimaryKeys } = await import('@hockey-hub/migrator/src/conversion');
    await switchPrimaryKeys.down(users, queryRunner);
  }
}
