/** Pure: a loaded migration -> its step. */
import type { Migration, PlanStep } from '../model';
import { idOf, type WorkspaceState } from './service-state';
import { squashesOf } from './squashes';

export function toStep(
  migration: Migration,
  waitsFor: readonly string[],
  action: PlanStep['action'] = 'run',
): PlanStep {
  const { service, name, file, checksum, transaction, gate } = migration;
  const unique = [...new Set(waitsFor)].sort();
  return {
    id: idOf(migration),
    service,
    migration: name,
    file,
    checksum,
    transaction,
    action,
    gate,
    waitsFor: unique,
  };
}

/** Ids of the squashes whose work was, or is to be, done by the migrations they replace: only their record comes or goes. */
export function recordedSquashes(state: WorkspaceState): Set<string> {
  return new Set(
    [...state.values()].flatMap(({ service, files, ledger }) =>
      [...squashesOf(files, ledger).recordOnly].map((name) => idOf({ service: service.name, name })),
    ),
  );
}
