/** A migration from the future stays the newest: all that are written before then come out of order. */
import type { Rule } from './facts';

/** Clocks and time zones differ by less. */
const ALLOWED_MS = 24 * 60 * 60 * 1_000;

export const futureTimestamp: Rule = {
  id: 'structure/future-timestamp',
  severity: 'error',
  find: ({ migrations, now }) =>
    migrations
      .filter(({ migration }) => migration.timestamp > now + ALLOWED_MS)
      .map((facts) => {
        const { name, timestamp, file } = facts.migration;
        const base = name.replace(/\d{13}$/, '');
        return {
          in: facts,
          message: `Its timestamp says ${new Date(timestamp).toISOString()}, which is still to come. What is written before then will be older than it, out of order.`,
          fix: `Rename ${file} to ${now}-${base}.ts and its class to ${base}${now}.`,
        };
      }),
};
