import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 5 of 5 of the id conversion `users`: the numbers, the triggers and the views of old clients go; the id map stays. */
export class UsersRemoveNumericIds1763000010004 implements MigrationInterface {
  static transaction = false;
  static gate = 'contract';

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { removeNumericIds } = await import('@hockey-hub/migrator/src/conversion');
    await removeNumericIds.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { removeNumericIds } = await import('@hockey-hub/migrator/src/conversion');
    await removeNumericIds.down(users, queryRunner);
  }
}
