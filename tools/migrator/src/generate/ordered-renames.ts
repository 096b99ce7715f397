/** Pure: renames in an order in which every new name is free, by way of a third name where two change places. */
import { nameWithSuffix } from './sql-text';

export interface Rename {
  readonly from: string;
  readonly to: string;
}

export function orderedRenames(renames: readonly Rename[]): Rename[] {
  const waiting = [...renames].sort((a, b) => (a.from < b.from ? -1 : 1));
  const ordered: Rename[] = [];
  const put: Rename[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ to }) => !waiting.some(({ from }) => from === to));
    if (free >= 0) {
      ordered.push(...waiting.splice(free, 1));
      continue;
    }
    const [first] = waiting.splice(0, 1);
    const aside = nameWithSuffix(first!.from, '__renamed');
    ordered.push({ from: first!.from, to: aside });
    put.push({ from: aside, to: first!.to });
  }
  return [...ordered, ...put];
}
