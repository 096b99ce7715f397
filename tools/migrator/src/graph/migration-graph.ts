/**
 * Pure: which migration waits for which, over the pending migrations of all services.
 *
 * Three kinds of edges, strongest first:
 *
 *   chain      inside a service, by timestamp            U1 <- U2 <- U3
 *   dependsOn  declared, between services                U2 waits for T1
 *   project    T's project depends on U's: T waits for all that is pending in U, except what itself waits for T
 *
 * so that plain services run in project order, and a conversion that goes user -> training -> user has an order:
 *
 *   user      U1 ------------> U2 -> U3
 *                \            /        \
 *   training      `--> T1 ---'          `--> T2
 *
 * Chains and dependsOn can contradict each other: that is a cycle, and an error that draws it. Project edges never
 * can: one that would close a cycle is exactly one whose other end "itself waits for it", and is left out.
 */
import type { Service } from '../model';
import type { Predecessors } from './cycle';
import { closure } from './order';

/** A migration as the graph sees it. */
export interface GraphNode {
  readonly id: string;
  /** Ids of nodes of this graph. */
  readonly dependsOn: readonly string[];
}

/** The pending migrations of each service, in the order of their timestamps. */
export type Chains = ReadonlyMap<string, readonly GraphNode[]>;

/** Chain and dependsOn edges only: the part of the graph that can hold a cycle. */
export function declaredEdges(chains: Chains): Map<string, string[]> {
  const predecessors = new Map<string, string[]>();
  for (const chain of chains.values()) {
    chain.forEach((node, index) => {
      const previous = chain[index - 1];
      predecessors.set(node.id, [...(previous ? [previous.id] : []), ...node.dependsOn]);
    });
  }
  return predecessors;
}

/**
 * All edges. `services` must be in dependency order and `declaredEdges(chains)` free of cycles.
 */
export function migrationGraph(services: readonly Service[], chains: Chains): Predecessors {
  const predecessors = declaredEdges(chains);
  const projects = new Map(services.map((service) => [service.name, [...service.dependsOn]]));
  for (const service of services) {
    for (const other of closure(projects, service.dependsOn)) {
      if (other !== service.name) {
        addProjectEdges(predecessors, chains.get(service.name) ?? [], chains.get(other) ?? []);
      }
    }
  }
  return predecessors;
}

/**
 * Makes every node of `waiting` wait for as much of `awaited` as it can. Both are chains: to wait for the last node
 * that may be waited for is to wait for all before it, and what one node waits for, the next does too.
 */
function addProjectEdges(
  predecessors: Map<string, string[]>,
  waiting: readonly GraphNode[],
  awaited: readonly GraphNode[],
): void {
  let reached = -1;
  for (const node of waiting) {
    for (let index = awaited.length - 1; index > reached; index--) {
      const candidate = awaited[index]!;
      if (closure(predecessors, [candidate.id]).has(node.id)) continue;
      predecessors.get(node.id)?.push(candidate.id);
      reached = index;
    }
  }
}
