/** Pure: which files, run in which order in an empty database, make what the applied migrations made. */
import type { Ledger, MigrationFile } from '../model';
import { squashesOf } from './squashes';

export interface AppliedRoad {
  readonly road: readonly MigrationFile[];
  /** Names of applied migrations whose files are gone and whose work no squash does: without them there is no road. */
  readonly missing: readonly string[];
}

/**
 * A squash that was only recorded is left out, and what it replaced is run; where files of that are gone, the other way
 * round.
 * @throws MigratorError as `squashesOf`
 */
export function appliedRoad(files: readonly MigrationFile[], ledger: Ledger): AppliedRoad {
  const { recordOnly, covered } = squashesOf(files, ledger);
  const onDisk = new Map(files.map((file) => [file.name, file]));
  const names = ledger.applied.map(({ name }) => name);
  const missing = names.filter((name) => !onDisk.has(name) && !covered.has(name));
  if ([...covered].every((name) => onDisk.has(name))) {
    const road = names.filter((name) => !recordOnly.has(name)).flatMap((name) => onDisk.get(name) ?? []);
    return { road, missing };
  }
  const done = new Set([...names, ...recordOnly]);
  return { road: files.filter(({ name }) => done.has(name) && !covered.has(name)), missing };
}
