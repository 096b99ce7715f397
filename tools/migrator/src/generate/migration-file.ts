/** A migration's class as text, and its file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MigratorError } from '../errors';
import type { MigrationFile, Service } from '../model';
import { MIGRATIONS_FOLDER } from '../source/scan-migrations';
import type { Step } from './steps';

export interface NewMigration {
  /** `AddTeams`: the class name without its timestamp. */
  readonly name: string;
  readonly timestamp: number;
  /** Statements, and places to fill in. */
  readonly up: readonly (string | Step)[];
  readonly down: readonly (string | Step)[];
  /** Default: true. */
  readonly transaction?: boolean;
  /** What else the class says of itself, as code: `replaces = ['AddTeams']`. */
  readonly statics?: readonly string[];
  /** What a reader should know before the statements, in a line or two. */
  readonly comment?: string;
}

/** One statement a line, in template literals, as a person would write it. */
export function renderMigration(migration: NewMigration): string {
  const { name, timestamp, up, down, transaction = true, comment } = migration;
  const statics = [...(migration.statics ?? []), ...(transaction ? [] : ['transaction = false'])];
  return [
    `import type { MigrationInterface, QueryRunner } from 'typeorm';`,
    '',
    ...(comment === undefined ? [] : [`/** ${comment} */`]),
    `export class ${name}${timestamp} implements MigrationInterface {`,
    ...statics.map((declared) => `  static ${declared};`),
    ...(statics.length > 0 ? [''] : []),
    ...renderMethod('up', up),
    '',
    ...renderMethod('down', down),
    '}',
    '',
  ].join('\n');
}

function renderMethod(method: string, steps: readonly (string | Step)[]): string[] {
  const parameter = steps.some(isStatement) ? 'queryRunner' : '_queryRunner';
  return [
    `  public async ${method}(${parameter}: QueryRunner): Promise<void> {`,
    ...(steps.length > 0
      ? steps.flatMap((step) => renderStep(step).map((line) => `    ${line}`))
      : [
          `    // Write what ${method === 'up' ? 'changes the database' : 'takes it back'} here: await queryRunner.query(...)`,
        ]),
    '  }',
  ];
}

const isStatement = (step: string | Step) => typeof step === 'string' || step.kind === 'statement';

function renderStep(step: string | Step): string[] {
  if (typeof step === 'string') return [query(step)];
  if (step.kind === 'statement') return [query(step.sql)];
  return [
    `// ${step.table}.${step.column}: give a value to the rows that have none; while there are any, the next statements fail`,
    '// and nothing is lost. For example, with an expression in the place of the dots:',
    `// ${query(step.example)}`,
  ];
}

function query(statement: string): string {
  return `await queryRunner.query(\`${escapeTemplate(statement)}\`);`;
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
