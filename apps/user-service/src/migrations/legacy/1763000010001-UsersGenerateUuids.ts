import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 2 of 5 of the id conversion `users`: every row gets its UUID, and every pair goes to the id map and to the other services. */
export class UsersGenerateUuids1763000010001 implements MigrationInterface {
  static transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { generateUuids } = await import('@hockey-hub/migrator/src/conversion');
    await generateUuids.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { generateUuids } = await import('@hockey-hub/migrator/src/conversion');
    await generateUuids.down(users, queryRunner);
  }
}
