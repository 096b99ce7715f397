/** Pure: where a service's folder and its ledger disagree. */
import type { Drift, Ledger, MigrationFile } from '../model';
import { squashesOf } from './squashes';

/** In the order of the ledger, then of the folder. */
export function detectDrift(files: readonly MigrationFile[], ledger: Ledger): Drift[] {
  const service = ledger.service;
  const { supersededBy, recordOnly, covered } = squashesOf(files, ledger);
  const onDisk = new Map(files.map((file) => [file.name, file]));
  const applied = new Set(ledger.applied.map((migration) => migration.name));
  const newest = Math.max(...ledger.applied.map((migration) => migration.timestamp));

  const ofLedger = ledger.applied.flatMap((migration): Drift[] => {
    const file = onDisk.get(migration.name);
    // Something else wrote no checksum: nobody here ever had a file for it.
    const kind = migration.checksum === null ? 'applied-but-unknown' : 'missing-on-disk';
    if (!file) return covered.has(migration.name) ? [] : [{ service, migration: migration.name, kind }];
    const edited = migration.checksum !== null && migration.checksum !== file.checksum;
    return edited ? [{ service, migration: migration.name, kind: 'edited-after-apply' }] : [];
  });
  const ofFolder = files
    .filter(({ name, timestamp }) => !applied.has(name) && timestamp < newest)
    .filter(({ name }) => !supersededBy.has(name) && !recordOnly.has(name))
    .map((file): Drift => ({ service, migration: file.name, kind: 'out-of-order' }));
  return [...ofLedger, ...ofFolder];
}
