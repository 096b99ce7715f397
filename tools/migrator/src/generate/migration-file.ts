/** A migration's class as text, and its file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MigratorError } from '../errors';
import type { MigrationFile, Service } from '../model';
import { MIGRATIONS_FOLDER } from '../source/scan-migrations';

export interface NewMigration {
  /** `AddTeams`: the class name without its timestamp. */
  readonly name: string;
  readonly timestamp: number;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** One statement a line, in template literals, as a person would write it. */
export function renderMigration({ name, timestamp, up, down }: NewMigration): string {
  return [
    `import type { MigrationInterface, QueryRunner } from 'typeorm';`,
    '',
    `export class ${name}${timestamp} implements MigrationInterface {`,
    ...renderMethod('up', up),
    '',
    ...renderMethod('down', down),
    '}',
    '',
  ].join('\n');
}

function renderMethod(method: string, statements: readonly string[]): string[] {
  const parameter = statements.length > 0 ? 'queryRunner' : '_queryRunner';
  return [
    `  public async ${method}(${parameter}: QueryRunner): Promise<void> {`,
    ...(statements.length > 0
      ? statements.map((statement) => `    await queryRunner.query(\`${escapeTemplate(statement)}\`);`)
      : [
          `    // Write what ${method === 'up' ? 'changes the database' : 'takes it back'} here: await queryRunner.query(...)`,
        ]),
    '  }',
  ];
}

/** A carriage return would otherwise be read as a line feed, as in every template literal. */
function escapeTemplate(statement: string): string {
  return statement.replace(/[\\`]|\$\{/g, (special) => `\\${special}`).replaceAll('\r', '\\r');
}

/** @throws MigratorError BAD_OPTION */
export function checkMigrationName(name: string): void {
  if (/^[A-Z][A-Za-z0-9]*[A-Za-z]$/.test(name)) return;
  throw new MigratorError(
    'BAD_OPTION',
    `--name "${name}" cannot be a migration's name. Use letters and digits, a capital first and a letter last, such as ` +
      '--name AddTeams; the timestamp is added by itself.',
  );
}

/** Now, and later than every migration there is: a clock that runs slow must not change the order. */
export function nextTimestamp(existing: readonly MigrationFile[]): number {
  return Math.max(Date.now(), ...existing.map((migration) => migration.timestamp + 1));
}

/**
 * @returns the new file, relative to the workspace root
 * @throws MigratorError MIGRATION_EXISTS when the service has a migration of this name
 */
export async function writeMigration(
  workspaceRoot: string,
  service: Service,
  existing: readonly MigrationFile[],
  migration: NewMigration,
): Promise<string> {
  refuseTakenName(service, existing, migration.name);
  const file = `${service.root}/${MIGRATIONS_FOLDER}/${migration.timestamp}-${migration.name}.ts`;
  const path = join(workspaceRoot, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, renderMigration(migration), { flag: 'wx' });
  return file;
}

/** @throws MigratorError MIGRATION_EXISTS */
export function refuseTakenName(service: Service, existing: readonly MigrationFile[], name: string): void {
  const taken = existing.find((other) => other.name === `${name}${other.timestamp}`);
  if (!taken) return;
  throw new MigratorError(
    'MIGRATION_EXISTS',
    `${service.name} has a migration named ${name} already: ${taken.file}. Choose another --name.`,
  );
}
