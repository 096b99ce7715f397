/** The two services' databases, new, with their tables: the same for every contender. */
import {
  createDataSource,
  createMessagingTablesV1,
  DatabaseConfig,
  dropMessagingTablesV1,
} from '@hockey-hub/shared-lib';
import type { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseUrlOf, recreateDatabases } from '../../databases';
import { SCOREBOARD, SCORER } from './play';

/** Both sides have the columns of BaseEntity, as every table of a service has. */
const BASE_COLUMNS = `
  "id" uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  "created_at" timestamptz NOT NULL DEFAULT now(),
  "updated_at" timestamptz NOT NULL DEFAULT now()`;

const PLAY_COLUMNS = `
  "game_id" uuid NOT NULL,
  "period" integer NOT NULL,
  "second" integer NOT NULL,
  "note" text NOT NULL`;

class CreatePlays1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "plays" (${BASE_COLUMNS}, ${PLAY_COLUMNS})`);
    await createMessagingTablesV1(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropMessagingTablesV1(queryRunner);
    await queryRunner.query('DROP TABLE "plays"');
  }
}

class CreateShownPlays1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "shown_plays" (${BASE_COLUMNS}, "play_id" uuid NOT NULL, ${PLAY_COLUMNS})`,
    );
    await createMessagingTablesV1(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropMessagingTablesV1(queryRunner);
    await queryRunner.query('DROP TABLE "shown_plays"');
  }
}

const MIGRATIONS = {
  [SCORER]: [CreatePlays1764000000000],
  [SCOREBOARD]: [CreateShownPlays1764000000000],
};

export const SERVICES = [SCORER, SCOREBOARD];

export async function prepareDatabases(admin: Client, serverUrl: string): Promise<void> {
  await recreateDatabases(admin, SERVICES);
  for (const [service, migrations] of Object.entries(MIGRATIONS)) {
    const url = databaseUrlOf(service, serverUrl);
    const config = Object.assign(new DatabaseConfig(), { url });
    const dataSource = createDataSource({ service, entities: [], migrations, config });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations();
    } finally {
      await dataSource.destroy();
    }
  }
}
