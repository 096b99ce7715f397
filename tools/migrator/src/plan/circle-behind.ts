/** Pure: whether a pending migration can ever run. */
import { drawCycle, findCycle } from '../graph/cycle';
import { declaredEdges } from '../graph/migration-graph';
import { closure } from '../graph/order';
import type { Migration } from '../model';
import { pendingChains } from './pending-chains';
import { idOf, type WorkspaceState } from './service-state';

/**
 * @returns migrations that wait for each other, drawn, when the given one is among them or waits for them
 * @throws MigratorError as `pendingChains`
 */
export function circleBehind(state: WorkspaceState, migration: Migration): string | undefined {
  const declared = declaredEdges(pendingChains(state));
  const behind = [...closure(declared, [idOf(migration)])];
  const circle = findCycle(new Map(behind.map((id) => [id, declared.get(id) ?? []])));
  return circle && drawCycle(circle);
}
