/**
 * A run in a log: a line for each event, and fills as lines of JSON, for programs that look on. A fill tells several times a second
 * how far it is, which nobody wants to read.
 */
import type { Direction, FillReport, RunEvent } from '../model';
import { progressLine } from '../report/progress';

const FILL_EVERY_MS = 2_000;

export function logProgress(
  direction: Direction,
  print: (line: string) => void,
  now: () => number = Date.now,
): (event: RunEvent) => void {
  const toldAt = new Map<string, number>();
  const isDue = (service: string, { fill, hasEnded }: FillReport): boolean => {
    const key = `${service} ${fill}`;
    if (!hasEnded && now() - (toldAt.get(key) ?? -Infinity) < FILL_EVERY_MS) return false;
    toldAt.set(key, now());
    return true;
  };
  return (event) => {
    if (event.type === 'fill-progress') {
      if (isDue(event.service, event.report))
        print(JSON.stringify({ service: event.service, ...event.report }));
      return;
    }
    const line = progressLine(event, direction);
    if (line !== undefined) print(line);
  };
}
