/** Pure: which migrations are run to be traced, and which of them are judged. */
import type { Ledger, MigrationFile } from '../../model';
import { newDatabaseRoad } from '../../plan/service-state';
import { squashesOf } from '../../plan/squashes';

export interface Road {
  /** In order, from an empty database. */
  readonly run: readonly MigrationFile[];
  /** Names of those that are judged; the others are only run before them. */
  readonly judged: ReadonlySet<string>;
}

/**
 * The road of a new database; where something is pending that a new database never runs, because a squash stands for it,
 * the road that this database is on.
 *
 * @param ledger of the service's database, when only what it lacks is to be judged
 */
export function roadOf(service: string, files: readonly MigrationFile[], ledger?: Ledger): Road {
  const ofNew = newDatabaseRoad(service, files);
  if (!ledger) return { run: ofNew, judged: namesOf(ofNew) };
  const { recordOnly, supersededBy } = squashesOf(files, ledger);
  const applied = new Set(ledger.applied.map(({ name }) => name));
  const pending = files.filter(
    ({ name }) => !applied.has(name) && !supersededBy.has(name) && !recordOnly.has(name),
  );
  const judged = namesOf(pending);
  const newHasAll = pending.every(({ name }) => ofNew.some((file) => file.name === name));
  const run = newHasAll ? ofNew : files.filter(({ name }) => applied.has(name) || judged.has(name));
  return { run, judged };
}

function namesOf(files: readonly MigrationFile[]): Set<string> {
  return new Set(files.map(({ name }) => name));
}
