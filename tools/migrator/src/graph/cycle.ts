/** Pure: the cycles of a directed graph. */

/** For each node the nodes that must come before it. */
export type Predecessors = ReadonlyMap<string, readonly string[]>;

/**
 * One cycle, as the nodes on it in the order in which each waits for the next; undefined when there is none.
 */
export function findCycle(predecessors: Predecessors): string[] | undefined {
  const finished = new Set<string>();
  const path: string[] = [];
  const onPath = new Set<string>();

  const visit = (node: string): string[] | undefined => {
    if (finished.has(node)) return undefined;
    if (onPath.has(node)) return path.slice(path.indexOf(node));
    path.push(node);
    onPath.add(node);
    for (const previous of predecessors.get(node) ?? []) {
      const cycle = visit(previous);
      if (cycle) return cycle;
    }
    onPath.delete(node);
    path.pop();
    finished.add(node);
    return undefined;
  };

  for (const node of predecessors.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}

/** A cycle as a person reads it: `a -> b -> a`, each waiting for the next. */
export function drawCycle(cycle: readonly string[]): string {
  return [...cycle, cycle[0]].join(' -> ');
}
