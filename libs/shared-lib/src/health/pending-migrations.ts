import { QueryFailedError, type DataSource } from 'typeorm';
import { MIGRATIONS_TABLE } from '../database/data-source';

const UNDEFINED_TABLE = '42P01';

/** What the migrator's migrations may say of themselves, as far as it decides what a service waits for. */
interface MigrationClass {
  readonly gate?: unknown;
  readonly replaces?: readonly string[];
}

interface KnownMigration extends MigrationClass {
  readonly name: string;
}

/**
 * Names of the migrations that this version of the service brings and its database has not had, in the order of their
 * timestamps. Reads only: TypeORM's own `showMigrations` creates the table when it is missing.
 *
 * Not waited for: what a squash stands for (its `replaces`), and a migration with a gate with all that comes after it.
 * A gate opens when every running version can work on both sides of it, so a version must be ready before.
 *
 * @throws QueryFailedError, or the driver's error, when the database does not answer.
 */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const applied = await appliedMigrations(dataSource);
  const known = dataSource.migrations
    .map((migration): KnownMigration => {
      const { gate, replaces } = migration.constructor as MigrationClass;
      return { name: migration.name ?? migration.constructor.name, gate, replaces };
    })
    .sort((a, b) => timestampOf(a.name).localeCompare(timestampOf(b.name)));
  const pending = withoutReplaced(known, applied).filter(({ name }) => !applied.has(name));
  const gate = pending.findIndex((migration) => migration.gate !== undefined);
  return pending.slice(0, gate < 0 ? undefined : gate).map(({ name }) => name);
}

/** A squash that is there, or that a database without any of the replaced ones will run, does their work. */
function withoutReplaced(known: readonly KnownMigration[], applied: ReadonlySet<string>): KnownMigration[] {
  const done = new Set<string>();
  for (const { name: squash, replaces = [] } of known) {
    const replaced = known
      .map(({ name }) => name)
      .filter((name) => name !== squash && replaces.some((other) => isNamed(name, other)));
    if (applied.has(squash) || !replaced.some((name) => applied.has(name))) {
      for (const name of replaced) done.add(name);
    }
  }
  return known.filter(({ name }) => !done.has(name));
}

/** `AddTeams1764000000000` and `AddTeams` both name that migration. */
function isNamed(name: string, reference: string): boolean {
  return name === reference || name === `${reference}${timestampOf(name)}`;
}

/** The 13 digits at the end of a migration's name: its order. */
function timestampOf(name: string): string {
  return name.slice(-13);
}

async function appliedMigrations(dataSource: DataSource): Promise<ReadonlySet<string>> {
  const table = dataSource.driver.escape(dataSource.options.migrationsTableName ?? MIGRATIONS_TABLE);
  try {
    const rows = await dataSource.query<{ name: string }[]>(`SELECT name FROM ${table}`);
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (error instanceof QueryFailedError && error.driverError.code === UNDEFINED_TABLE) return new Set();
    throw error;
  }
}
