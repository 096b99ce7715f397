import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { ServiceDatabase } from '../../database/data-source';
import { messagingEntities } from '../../outbox/tables/messaging-entities';
import { createMessagingTablesV1, dropMessagingTablesV1 } from '../../outbox/tables/v1';
import { Locker } from './locker.entity';

class CreateLockers1764000000000 implements MigrationInterface {
  name = 'CreateLockers1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "lockers" (
        "id" uuid DEFAULT gen_random_uuid() CONSTRAINT "pk_lockers" PRIMARY KEY,
        "name" character varying(50) NOT NULL CONSTRAINT "uq_lockers_name" UNIQUE,
        "pucks" integer NOT NULL CONSTRAINT "ck_lockers_pucks" CHECK ("pucks" >= 0),
        "created_at" timestamptz NOT NULL DEFAULT now(),
        "updated_at" timestamptz NOT NULL DEFAULT now()
      )`);
    await createMessagingTablesV1(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropMessagingTablesV1(queryRunner);
    await queryRunner.query('DROP TABLE "lockers"');
  }
}

/** The database of a service that keeps lockers. */
export const lockerDatabase = {
  service: 'locker-a',
  entities: [Locker, ...messagingEntities],
  migrations: [CreateLockers1764000000000],
} satisfies ServiceDatabase;
