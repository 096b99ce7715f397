/** A migration that is in no file, named and numbered by the test: `up` and `down` are statements, or what they do. */
import type { QueryRunner } from 'typeorm';
import type { Migration, MigrationClass } from '../model';

export type Method = readonly string[] | ((queryRunner: QueryRunner) => Promise<unknown>);

const FIRST = 1_700_000_000_000;

/** @param name `3-AddTeams`: the third of its service */
export function namedMigration(
  name: string,
  up: Method,
  down: Method = [],
  more: Partial<Migration> = {},
): Migration {
  const [place = '', base = ''] = name.split('-');
  const timestamp = FIRST + Number(place);
  const migrationClass: MigrationClass = class {
    up = (queryRunner: QueryRunner) => run(up, queryRunner);
    down = (queryRunner: QueryRunner) => run(down, queryRunner);
  };
  const file = `apps/user-service/src/migrations/${timestamp}-${base}.ts`;
  return {
    service: 'user-service',
    name: `${base}${timestamp}`,
    timestamp,
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

async function run(method: Method, queryRunner: QueryRunner): Promise<void> {
  if (typeof method === 'function') await method(queryRunner);
  else for (const statement of method) await queryRunner.query(statement);
}
