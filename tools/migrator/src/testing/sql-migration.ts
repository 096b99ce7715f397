/** A migration that is not in any file: statements in a class. */
import type { QueryRunner } from 'typeorm';
import type { Migration, MigrationClass } from '../model';

let timestamp = 1_700_000_000_000;

/** @param up SQL statements, in order, or what `up` does */
export function sqlMigration(
  up: readonly string[] | ((queryRunner: QueryRunner) => Promise<unknown>),
  more: Partial<Migration> = {},
): Migration {
  const migrationClass: MigrationClass = class {
    async up(queryRunner: QueryRunner): Promise<void> {
      if (typeof up === 'function') await up(queryRunner);
      else for (const sql of up) await queryRunner.query(sql);
    }
    down(): Promise<void> {
      return Promise.resolve();
    }
  };
  const at = ++timestamp;
  const name = `Change${at}`;
  const file = `apps/user-service/src/migrations/${at}-Change.ts`;
  return {
    service: 'user-service',
    name,
    timestamp: at,
    file,
    path: file,
    checksum: '',
    dependsOn: [],
    replaces: [],
    transaction: true,
    migrationClass,
    ...more,
  };
}
