/** Pure: where a service's folder and its ledger disagree. */
import type { Drift, Ledger, MigrationFile } from '../model';

/** In the order of the ledger, then of the folder. */
export function detectDrift(files: readonly MigrationFile[], ledger: Ledger): Drift[] {
  const service = ledger.service;
  const onDisk = new Map(files.map((file) => [file.name, file]));
  const applied = new Set(ledger.applied.map((migration) => migration.name));
  const newest = Math.max(...ledger.applied.map((migration) => migration.timestamp));

  const ofLedger = ledger.applied.flatMap((migration): Drift[] => {
    const file = onDisk.get(migration.name);
    if (!file) return [{ service, migration: migration.name, kind: 'missing-on-disk' }];
    const edited = migration.checksum !== null && migration.checksum !== file.checksum;
    return edited ? [{ service, migration: migration.name, kind: 'edited-after-apply' }] : [];
  });
  const ofFolder = files
    .filter((file) => !applied.has(file.name) && file.timestamp < newest)
    .map((file): Drift => ({ service, migration: file.name, kind: 'out-of-order' }));
  return [...ofLedger, ...ofFolder];
}
