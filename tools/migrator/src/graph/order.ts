/** Pure: topological order and closures over a graph without cycles. */
import type { Predecessors } from './cycle';

/**
 * Every node after those it waits for. Among the nodes that could come next, the one that stands first in the
 * map does: the same input always gives the same order.
 */
export function topologicalOrder(predecessors: Predecessors): string[] {
  const ordered = new Set<string>();
  const visit = (node: string) => {
    if (ordered.has(node)) return;
    for (const previous of predecessors.get(node) ?? []) visit(previous);
    ordered.add(node);
  };
  for (const node of predecessors.keys()) visit(node);
  return [...ordered];
}

/** The nodes themselves and everything that they wait for, directly or not. */
export function closure(predecessors: Predecessors, nodes: Iterable<string>): Set<string> {
  const reached = new Set<string>();
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...(predecessors.get(node) ?? []));
  }
  return reached;
}

/** The graph with every edge turned round. */
export function reversed(predecessors: Predecessors): Map<string, string[]> {
  const successors = new Map<string, string[]>([...predecessors.keys()].map((node) => [node, []]));
  for (const [node, previous] of predecessors) {
    for (const other of previous) successors.get(other)?.push(node);
  }
  return successors;
}
