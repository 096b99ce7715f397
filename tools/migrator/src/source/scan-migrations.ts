/**
 * A service's migrations folder -> its migrations in order, judged by names and content; nothing talks to Postgres, and
 * no class is loaded but those that speak of replacing others, which decides what is pending. Invariant of what it returns:
 * timestamps have 13 digits, are unique and ascend.
 *
 * The folder `legacy` in it holds the road of databases that are older than the service: a squash in the folder itself
 * replaces each of its migrations, so a new database never runs one. A service does not load them, and so is not ready before
 * its database has come to the end of that road.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigratorError } from '../errors';
import type { MigrationFile, Service } from '../model';
import { checksum } from './checksum';
import { loadMigration } from './load-migration';

export const MIGRATIONS_FOLDER = 'src/migrations';
export const LEGACY_FOLDER = `${MIGRATIONS_FOLDER}/legacy`;
const FILE_NAME = /^(\d+)-([A-Za-z][A-Za-z0-9]*)\.(ts|js)$/;
const TIMESTAMP_DIGITS = 13;

/**
 * @throws MigratorError MIGRATION_FILE_NAME_INVALID, DUPLICATE_TIMESTAMP or MIGRATION_NOT_REPLACED, naming service and file.
 */
export async function scanMigrations(workspaceRoot: string, service: Service): Promise<MigrationFile[]> {
  const folders = await Promise.all(
    [MIGRATIONS_FOLDER, LEGACY_FOLDER].map((folder) => scanFolder(workspaceRoot, service, folder)),
  );
  const migrations = folders.flat().sort((a, b) => a.timestamp - b.timestamp);
  refuseDuplicateTimestamps(service, migrations);
  refuseNotReplaced(service, migrations);
  return migrations;
}

/** Whether it is of the road of databases that are older than the service. */
export const isLegacy = ({ file }: Pick<MigrationFile, 'file'>): boolean =>
  file.includes(`/${LEGACY_FOLDER}/`);

async function scanFolder(workspaceRoot: string, service: Service, name: string): Promise<MigrationFile[]> {
  const folder = `${service.root}/${name}`;
  const fileNames = await migrationFileNames(join(workspaceRoot, folder));
  return Promise.all(
    fileNames.map((fileName) => describe(workspaceRoot, service, `${folder}/${fileName}`, fileName)),
  );
}

/** Gives a service's migrations. */
export type Scanner = (service: Service) => Promise<MigrationFile[]>;

/** Reads each service's folder once, however often it is asked: one run sees one state of the code. */
export function scanOnce(workspaceRoot: string): Scanner {
  const scans = new Map<string, Promise<MigrationFile[]>>();
  return (service) => {
    const scan = scans.get(service.name) ?? scanMigrations(workspaceRoot, service);
    scans.set(service.name, scan);
    return scan;
  };
}

/** Code files only; where a compiled file lies beside its source, the compiled one stands for both. */
async function migrationFileNames(folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const names = entries
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((name) => !/\.(d|spec)\.[tj]s$/.test(name));
  const compiled = new Set(names.filter((name) => name.endsWith('.js')).map((name) => name.slice(0, -3)));
  return names.filter((name) => name.endsWith('.js') || !compiled.has(name.slice(0, -3)));
}

async function describe(
  workspaceRoot: string,
  service: Service,
  file: string,
  fileName: string,
): Promise<MigrationFile> {
  const match = FILE_NAME.exec(fileName);
  const [, digits, base] = match ?? [];
  if (!digits || !base || digits.length !== TIMESTAMP_DIGITS) {
    throw new MigratorError('MIGRATION_FILE_NAME_INVALID', invalidName(service, file, digits, base));
  }
  const path = join(workspaceRoot, file);
  const source = await readSource(path);
  const migration: MigrationFile = {
    service: service.name,
    name: `${base}${digits}`,
    timestamp: Number(digits),
    file,
    path,
    checksum: checksum(source),
    replaces: [],
  };
  return /\breplaces\b/.test(source)
    ? { ...migration, replaces: loadMigration(migration).replaces }
    : migration;
}

/** The TypeScript that was written, also where its compiled form runs: both have one checksum. */
async function readSource(path: string): Promise<string> {
  if (path.endsWith('.js')) {
    try {
      return await readFile(`${path.slice(0, -3)}.ts`, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return readFile(path, 'utf8');
}

function invalidName(service: Service, file: string, digits?: string, base?: string): string {
  const problem = digits
    ? `has a timestamp of ${digits.length} digits; it must have ${TIMESTAMP_DIGITS} (milliseconds since 1970), ` +
      'because migrations are ordered by it'
    : 'is not named <13-digit timestamp>-<Name>.ts';
  const suggestion =
    digits?.length === 10
      ? `Rename it to ${digits}000-${base}.ts and its class to ${base}${digits}000.`
      : `Rename it, or move it out of the folder; \`nx run ${service.name}:migration-create --name ${base ?? 'AddTeams'}\` makes one with the right name.`;
  return `${service.name}: ${file} ${problem}. ${suggestion}`;
}

function refuseDuplicateTimestamps(service: Service, ordered: readonly MigrationFile[]): void {
  ordered.forEach((migration, index) => {
    const previous = ordered[index - 1];
    if (previous?.timestamp !== migration.timestamp) return;
    throw new MigratorError(
      'DUPLICATE_TIMESTAMP',
      `${service.name}: ${previous.file} and ${migration.file} have the same timestamp, so their order is not known. ` +
        `Give the one that was written later a later timestamp, in its file name and its class name.`,
    );
  });
}

/** A new database would run it, and the service would not know. */
function refuseNotReplaced(service: Service, migrations: readonly MigrationFile[]): void {
  const own = migrations.filter((migration) => !isLegacy(migration));
  const replaced = new Set(own.flatMap(({ replaces }) => replaces));
  const isReplaced = ({ name }: MigrationFile) =>
    replaced.has(name) || replaced.has(name.slice(0, -TIMESTAMP_DIGITS));
  const left = migrations.find((migration) => isLegacy(migration) && !isReplaced(migration));
  if (!left) return;
  throw new MigratorError(
    'MIGRATION_NOT_REPLACED',
    `${service.name}: ${left.file} is in ${LEGACY_FOLDER}, where migrations are that a new database never runs, and no migration ` +
      `in ${MIGRATIONS_FOLDER} replaces it. Name it in the \`replaces\` of the one that does its work, or move it to ${MIGRATIONS_FOLDER}.`,
  );
}
