/** Pure: what was read -> the loaded migrations as the graph sees them. */
import type { Chains } from '../graph/migration-graph';
import { resolveReference } from './resolve-reference';
import { idOf, migrationsById, type WorkspaceState } from './service-state';

/**
 * `state` must have the pending migrations loaded.
 * @throws MigratorError as `resolveReference`
 */
export function pendingChains(state: WorkspaceState): Chains {
  const pending = migrationsById(state);
  return new Map(
    [...state.values()].map(({ service, migrations }) => [
      service.name,
      migrations.map((migration) => ({
        id: idOf(migration),
        // What is applied already needs no waiting for.
        dependsOn: migration.dependsOn
          .map((reference) => idOf(resolveReference(state, migration, reference)))
          .filter((id) => pending.has(id)),
      })),
    ]),
  );
}
