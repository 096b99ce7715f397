import type { MigrationInterface, QueryRunner } from 'typeorm';
import { lockerDatabase } from '../../commands/specimen/locker-database';
import type { ServiceDatabase } from '../../database/data-source';
import { createSagaTablesV1, dropSagaTablesV1 } from '../tables/v1';

class CreateSagas1764000001000 implements MigrationInterface {
  name = 'CreateSagas1764000001000';
  up = (queryRunner: QueryRunner) => createSagaTablesV1(queryRunner);
  down = (queryRunner: QueryRunner) => dropSagaTablesV1(queryRunner);
}

export const lockerADatabase = {
  ...lockerDatabase,
  migrations: [...lockerDatabase.migrations, CreateSagas1764000001000],
} satisfies ServiceDatabase;

export const lockerBDatabase = { ...lockerDatabase, service: 'locker-b' } satisfies ServiceDatabase;
