/**
 * Pure: what `replaces` means for one database. A squash stands for earlier migrations of its service:
 *
 *   the database has none of them    the squash runs, they never do
 *   it has some, or all              the rest of them runs, then the squash is recorded without running
 *   it has the squash                they are done with, whether their files are there or not
 *
 * A squash may replace another one; it then stands for all that one stands for, too.
 */
import { MigratorError } from '../errors';
import type { AppliedMigration, Ledger, MigrationFile } from '../model';

export interface Squashes {
  /** The squash that does a migration's work, by the migration's name: that migration is not pending, ever. */
  readonly supersededBy: ReadonlyMap<string, MigrationFile>;
  /** Names of the squashes of which this database has replaced migrations: their work is there already. */
  readonly recordOnly: ReadonlySet<string>;
  /** Names of applied migrations that a squash stands for: they are not missed when their files go. */
  readonly covered: ReadonlySet<string>;
}

export type Named = Pick<AppliedMigration, 'name' | 'timestamp'>;

/** @throws MigratorError MIGRATION_MISSING_ON_DISK when a database stopped halfway and the files of the rest are gone */
export function squashesOf(files: readonly MigrationFile[], ledger: Ledger): Squashes {
  const supersededBy = new Map<string, MigrationFile>();
  const recordOnly = new Set<string>();
  const covered = new Set<string>();
  const applied = new Set(ledger.applied.map(({ name }) => name));
  const known: readonly Named[] = [...files, ...ledger.applied];

  // The newest first: what it stands for, it stands for instead of the squashes between.
  for (const squash of files.filter(({ replaces }) => replaces.length > 0).reverse()) {
    const { names, unknown } = replacedBy(squash, files, known);
    const some = [...names].some((name) => applied.has(name));
    for (const name of names) if (applied.has(name)) covered.add(name);
    if (some) recordOnly.add(squash.name);
    if (applied.has(squash.name) || !some) {
      for (const name of names) {
        const newer = supersededBy.get(name);
        // One that was only recorded did nobody's work, where an older one ran.
        if (!newer || (recordOnly.has(newer.name) && !some)) supersededBy.set(name, squash);
      }
    } else {
      // What an older squash did here is not missed.
      const done = files
        .filter(({ name }) => names.has(name) && applied.has(name))
        .flatMap((older) => replacedBy(older, files, known).unknown);
      const missing = unknown.filter((name) => !done.some((other) => isSameName(name, other)));
      if (missing.length > 0) throw halfway(squash, missing);
    }
  }
  return { supersededBy, recordOnly, covered };
}

/** All that a squash stands for, also through other squashes; never itself. */
function replacedBy(squash: MigrationFile, files: readonly MigrationFile[], known: readonly Named[]) {
  const names = new Set<string>();
  const unknown = new Set<string>();
  const pending = [...squash.replaces];
  for (let reference = pending.pop(); reference !== undefined; reference = pending.pop()) {
    const wanted = reference;
    const found = known.find((migration) => isNamed(migration, wanted));
    if (!found) unknown.add(wanted);
    if (!found || found.name === squash.name || names.has(found.name)) continue;
    names.add(found.name);
    pending.push(...(files.find(({ name }) => name === found.name)?.replaces ?? []));
  }
  return { names, unknown: [...unknown].sort() };
}

/** `AddTeams1764000000000` and `AddTeams` both name that migration. */
export function isNamed(migration: Named, name: string): boolean {
  return migration.name === name || migration.name === `${name}${migration.timestamp}`;
}

/** The file that a name means; when that is gone, the first squash that says it replaces it. */
export function namedBy(files: readonly MigrationFile[], name: string): MigrationFile | undefined {
  return (
    files.find((file) => isNamed(file, name)) ??
    files.find(({ replaces }) => replaces.some((replaced) => isSameName(replaced, name)))
  );
}

/** As `isNamed`, where nothing is left of the migration but what others call it. */
function isSameName(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^(\d{13})?$/.test(long.slice(short.length));
}

function halfway(squash: MigrationFile, unknown: readonly string[]): MigratorError {
  return new MigratorError(
    'MIGRATION_MISSING_ON_DISK',
    `${squash.service}: ${squash.name} replaces ${squash.replaces.join(', ')}. The database has some of them and lacks ` +
      `${unknown.join(', ')}, whose file is not there any more. Check out the version of the code that has it, migrate, and ` +
      'come back to this version.',
    { services: [squash.service] },
  );
}
