import { setTimeout as pause } from 'node:timers/promises';
import { nowUs, US_PER_SECOND } from './clock';
import type { Write, Written } from './load';

const TICK_MS = 1;

/**
 * Begins the writes at their moments, without waiting for the ones before. A write that begins late, because the process was
 * busy, is told the moment at which it should have begun: what the load had to wait for is part of its latency, and not
 * left out ("coordinated omission").
 *
 * Rejects with the first error of a write, when all of them have ended.
 */
export async function steadyRate(perSecond: number, seconds: number, write: Write): Promise<Written> {
  const events = Math.round(perSecond * seconds);
  const startedAtUs = nowUs();
  const dueAtUs = (event: number): number => startedAtUs + Math.round((event * US_PER_SECOND) / perSecond);
  const failures: unknown[] = [];
  const writes: Promise<void>[] = [];
  while (writes.length < events && failures.length === 0) {
    for (let due = dueAtUs(writes.length); writes.length < events && due <= nowUs();) {
      writes.push(write(due).catch((error: unknown) => void failures.push(error)));
      due = dueAtUs(writes.length);
    }
    await pause(TICK_MS);
  }
  await Promise.all(writes);
  if (failures.length > 0) throw failures[0];
  return { events, startedAtUs };
}
