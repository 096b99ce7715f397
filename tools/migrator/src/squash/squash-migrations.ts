/**
 * Many migrations -> one that makes the same database, proven before it is written. Two ways, the shorter one first:
 *
 *   condensed   what makes the schema after the range, and the rows that it seeded; only where nothing was there before
 *   recorded    the statements that the migrations sent, one after the other
 *
 * The condensed way knows what entities can express; where the range made more than that (functions, triggers, grants), the
 * proof fails and the recorded way is taken. The proof is that of `migration-verify`: both roads end in the same schema and
 * the same rows, and `down` brings back what was before.
 */
import { MigratorError } from '../errors';
import type { Migration } from '../model';
import { withScratch, type ScratchDatabases } from '../scratch/scratch-database';
import { compareRoads } from '../verify/compare-roads';
import { condense } from './condense';
import { goThrough } from './go-through';
import { provenDown } from './proven-down';
import { roadAround } from './road-around';
import type { SquashRange } from './squash-range';

export interface SquashRequest extends SquashRange {
  readonly service: string;
  /** Any database on the server where scratch databases are made. */
  readonly url: string;
  /** All of the service's migrations, in order. */
  readonly folder: readonly Migration[];
  readonly name: string;
}

export interface Squashed {
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly transaction: boolean;
  /** Where no down brings everything back, because one of the migrations says so itself. */
  readonly irreversible?: string;
  /** Why the statements are the recorded ones; undefined for condensed ones. */
  readonly recordedBecause?: string;
}

/** What the squash does, before it is known how it is taken back. */
export interface Body {
  readonly up: readonly string[];
  readonly transaction: boolean;
}

/** @throws MigratorError CANNOT_SQUASH with the differences; MIGRATION_FAILED, CANNOT_CREATE_DATABASE */
export async function squashMigrations(request: SquashRequest): Promise<Squashed> {
  const { service, url } = request;
  return withScratch(url, service, async (scratch) => {
    const { before, instead } = roadAround(request);
    const members = instead.slice(before.length);
    const gone = await goThrough(scratch, service, before, members);
    const condensed = condense(gone);
    const obstacle =
      'obstacle' in condensed ? condensed.obstacle : await firstDifference(scratch, request, condensed);
    if (obstacle === undefined && !('obstacle' in condensed)) {
      return { ...condensed, ...(await provenDown(scratch, request, condensed, gone)) };
    }
    const recorded: Body = {
      up: gone.ups.flatMap(({ statements }) => statements),
      transaction: members.every(({ transaction }) => transaction),
    };
    const differences = await compareWith(scratch, request, recorded);
    if (differences.length > 0) throw unequal(request, differences);
    return {
      ...recorded,
      ...(await provenDown(scratch, request, recorded, gone)),
      recordedBecause: obstacle,
    };
  });
}

async function firstDifference(
  scratch: ScratchDatabases,
  request: SquashRequest,
  body: Body,
): Promise<string | undefined> {
  const [difference, ...more] = await compareWith(scratch, request, body);
  if (difference === undefined || more.length === 0) return difference;
  return `${difference} (and ${more.length} more)`;
}

async function compareWith(scratch: ScratchDatabases, request: SquashRequest, body: Body): Promise<string[]> {
  const { before, migration, instead } = roadAround(request, body);
  return compareRoads(scratch, request.service, instead, [...before, migration]);
}

function unequal({ service, members }: SquashRequest, differences: readonly string[]): MigratorError {
  return new MigratorError(
    'CANNOT_SQUASH',
    `${service}: the statements of ${members.map(({ name }) => name).join(', ')}, recorded and run again, do not make the same ` +
      `database, so nothing was written:\n${differences.map((line) => `  ${line}`).join('\n')}\n` +
      'They decide by what they find, or make values in TypeScript. Squash fewer of them (--from, --to), or write the squash by ' +
      'hand with `static replaces`; `migration-verify` proves it.',
  );
}
