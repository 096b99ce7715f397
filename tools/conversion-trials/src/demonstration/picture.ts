import { renderLatency } from '@hockey-hub/conversion-clients';
import type { Demonstration } from './demonstrate';

/** Pure: an SVG of latency over time, with the phases behind it, attempts at locks below, and the kill. */
export function pictureOf({ options, stages, log, lockAttempts, kill }: Demonstration): string {
  return renderLatency({
    title: `Ids of ${options.users.toLocaleString('en-US')} users become UUIDs: what ${options.perSecond} requests a second wait`,
    log,
    phases: stages,
    lockAttempts,
    moments: [{ name: 'migrator killed', atMs: kill.atMs }],
  });
}
