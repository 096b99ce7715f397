/** Pure: what was seen in a run -> the numbers of a run. */
import {
  longestStallBeyond,
  requestsWithin,
  summarize,
  type Period,
  type RequestLog,
} from '@hockey-hub/conversion-clients';
import { growthsOf } from './compare-sizes';
import type { ObjectSize } from './databases/measure-sizes';

/** One run of one contender, as it stands in convert.json. What clients saw is left out where there were none. */
export interface ConvertSample {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Of everybody, the clients too. */
  readonly walBytesPerRow: number;
  /** The tables and indexes of both services, after and before. */
  readonly growth: number;
  /** Of the table that grew most. */
  readonly tableGrowth: number;
  /** Of the index that grew most, among those that hold what they held before. */
  readonly indexGrowth: number;
  readonly requests?: number;
  /** The whole time that clients were there; all else within the phases. */
  readonly errors?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly longestMs?: number;
  /** The longest that a request took outside of all recorded lock attempts. */
  readonly beyondLocksMs?: number;
  /** Before the conversion began, when the clients were alone. */
  readonly idleP99Ms?: number;
}

export interface SeenRun {
  /** How many rows were to be converted. */
  readonly rows: number;
  /** One after the other, without what lies between them: clients that come and go. */
  readonly phases: readonly Period[];
  readonly walBytes: number;
  readonly before: readonly ObjectSize[];
  readonly after: readonly ObjectSize[];
  readonly log?: RequestLog;
  /** Before the phases: what clients saw then is what they see without a conversion. */
  readonly alone: Period;
  readonly lockAttempts: readonly Period[];
}

const MS_PER_SECOND = 1_000;

/** @throws Error when there were no phases: nothing was converted */
export function sampleOf(seen: SeenRun): ConvertSample {
  const { rows, phases, walBytes, before, after, log } = seen;
  if (phases.length === 0) throw new Error('a contender converts in one phase at least');
  const seconds = phases.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / MS_PER_SECOND;
  const total = (sizes: readonly ObjectSize[]): number => sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    seconds,
    rowsPerSecond: rows / seconds,
    walBytesPerRow: walBytes / rows,
    growth: total(after) / total(before),
    tableGrowth: mostGrown(before, after, 'table'),
    indexGrowth: mostGrown(before, after, 'index'),
    ...(log && clientsSaw(log, seen)),
  };
}

function clientsSaw(log: RequestLog, { phases, alone, lockAttempts }: SeenRun): Partial<ConvertSample> {
  const within = requestsWithin(log, phases);
  const { requests, p50Ms, p99Ms, longestMs } = summarize(within);
  return {
    ...{ requests, p50Ms, p99Ms, longestMs },
    errors: summarize(log).errors,
    beyondLocksMs: longestStallBeyond(within, lockAttempts),
    idleP99Ms: summarize(log, { period: alone }).p99Ms,
  };
}

/** 1 where nothing is large enough to be compared. */
function mostGrown(
  before: readonly ObjectSize[],
  after: readonly ObjectSize[],
  kind: ObjectSize['kind'],
): number {
  const growths = growthsOf(before, after, kind);
  return growths.length === 0 ? 1 : Math.max(...growths);
}
