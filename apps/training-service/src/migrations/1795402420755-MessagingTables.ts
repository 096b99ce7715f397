import { createMessagingTablesV1, dropMessagingTablesV1 } from '@hockey-hub/shared-lib';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What events and commands are kept in on their way; see the shared library's room `outbox`. */
export class MessagingTables1795402420755 implements MigrationInterface {
  readonly name = 'MessagingTables1795402420755';

  async up(queryRunner: QueryRunner): Promise<void> {
    await createMessagingTablesV1(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropMessagingTablesV1(queryRunner);
  }
}
