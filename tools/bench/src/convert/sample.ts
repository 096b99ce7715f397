/** Pure: what was seen in a run -> the numbers of a run. */
import { longestStallBeyond, summarize, type Period, type RequestLog } from '@hockey-hub/conversion-clients';
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
  readonly errors?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly longestMs?: number;
  /** The longest that a request took outside of all recorded lock attempts. */
  readonly beyondLocksMs?: number;
  /** Before the conversion began. */
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
  readonly lockAttempts: readonly Period[];
}

const MS_PER_SECOND = 1_000;

/** @throws Error when there were no phases: nothing was converted */
export function sampleOf(seen: SeenRun): ConvertSample {
  const { rows, phases, walBytes, before, after, log, lockAttempts } = seen;
  const [first, last] = [phases.at(0), phases.at(-1)];
  if (!first || !last) throw new Error('a contender converts in one phase at least');
  const seconds = phases.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / MS_PER_SECOND;
  const period = { fromMs: first.fromMs, toMs: last.toMs };
  const total = (sizes: readonly ObjectSize[]): number => sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    seconds,
    rowsPerSecond: rows / seconds,
    walBytesPerRow: walBytes / rows,
    growth: total(after) / total(before),
    tableGrowth: mostGrown(before, after, 'table'),
    indexGrowth: mostGrown(before, after, 'index'),
    ...(log && clientsSaw(log, period, lockAttempts)),
  };
}

function clientsSaw(
  log: RequestLog,
  period: Period,
  lockAttempts: readonly Period[],
): Partial<ConvertSample> {
  const during = summarize(log, { period });
  const idle = summarize(log, { period: { fromMs: 0, toMs: period.fromMs } });
  return {
    ...{ requests: during.requests, errors: during.errors },
    ...{ p50Ms: during.p50Ms, p99Ms: during.p99Ms, longestMs: during.longestMs },
    beyondLocksMs: longestStallBeyond(log, lockAttempts),
    idleP99Ms: idle.p99Ms,
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
