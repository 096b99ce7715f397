import type { MigrationInterface, QueryRunner } from 'typeorm';
import { users } from '../../id-conversions/users';

/** Phase 2 of 5 of the id conversion `users`: the id map comes from its owner, whole. */
export class UsersGenerateUuids1763000010001 implements MigrationInterface {
  static transaction = false;
  static dependsOn = ['user-service:UsersGenerateUuids'];

  public async up(queryRunner: QueryRunner): Promise<void> {
    const { generateUuids } = await import('@hockey-hub/migrator/src/conversion');
    await generateUuids.up(users, queryRunner);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    const { generateUuids } = await import('@hockey-hub/migrator/src/conversion');
    await generateUuids.down(users, queryRunner);
  }
}
