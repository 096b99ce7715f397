/**
 * Pure: migrations that do not run before somebody says that what they need is true. A closed gate stops its migration
 * and all that was declared to come after it, in its service and in others; everything else goes on.
 */
import type { Predecessors } from '../graph/cycle';
import type { Chains } from '../graph/migration-graph';
import { closure, reversed, topologicalOrder } from '../graph/order';
import type { Gate, HeldMigration, Migration } from '../model';

export function isClosed({ gate }: Migration, open: readonly Gate[]): boolean {
  return gate !== undefined && !open.includes(gate);
}

/** Those of the closed gates that are not behind another one, each with what waits behind it. */
export function heldMigrations(
  declared: Predecessors,
  closed: readonly string[],
  migrations: ReadonlyMap<string, Migration>,
): HeldMigration[] {
  const successors = reversed(declared);
  const order = topologicalOrder(declared);
  const behind = (id: string) => {
    const reached = closure(successors, [id]);
    return order.filter((other) => other !== id && reached.has(other));
  };
  const first = closed.filter((id) => !closed.some((other) => other !== id && behind(other).includes(id)));
  return order
    .filter((id) => first.includes(id))
    .map((id) => {
      const { service, name, gate } = migrations.get(id)!;
      return { id, service, migration: name, gate: gate!, holds: behind(id) };
    });
}

/** The chains without these migrations, of which nothing that stays may depend on one. */
export function without(chains: Chains, ids: ReadonlySet<string>): Chains {
  return new Map([...chains].map(([service, chain]) => [service, chain.filter(({ id }) => !ids.has(id))]));
}
