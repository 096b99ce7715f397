/** What a crash test is asked for, parsed once; what cannot be done is refused before anything is started. */
import { randomInt } from 'node:crypto';
import { LARGEST_SEED } from '@hockey-hub/seeded-random';
import { postgresMajors, type PostgresMajor } from '@hockey-hub/dev-services';
import { CrashTestError } from './errors';
import type { IdMapWay, RunSize } from './schedule/plan-run';

export interface CrashOptions {
  readonly seed: number;
  /** No run begins after that; the first one always does. */
  readonly durationMs: number;
  /** At most. */
  readonly runs: number;
  readonly size: RunSize;
  readonly postgresMajor: PostgresMajor;
  /** How long a client may wait beyond recorded lock attempts and the server's absence. */
  readonly stallLimitMs: number;
  /** In all runs; of three runs one by events when left out. */
  readonly idMaps?: IdMapWay;
  /** One run that dies at every fault point there is. */
  readonly exhaustive: boolean;
  /** Whether the result becomes files of results/. */
  readonly record: boolean;
}

/** As they come from a command line. */
export type RawOptions = Readonly<Partial<Record<keyof typeof CRASH_OPTIONS, unknown>>>;

/** For the parser, and for people. */
export const CRASH_OPTIONS = {
  seed: {
    type: 'string',
    description: `what is killed, and the rows: 0 to ${LARGEST_SEED}; a new one when left out`,
  },
  minutes: { type: 'string', description: 'no run begins after so many; 15 when left out' },
  runs: { type: 'string', description: 'at most so many; 100 when left out' },
  kills: {
    type: 'string',
    description: 'in each phase of each run, and up to half as many more; 6 when left out',
  },
  users: {
    type: 'string',
    description: 'of the smallest club; the largest has twice as many; 150 when left out',
  },
  postgres: { type: 'string', description: `${postgresMajors.join(' or ')}; the newest when left out` },
  'stall-limit-ms': {
    type: 'string',
    description: 'for a machine that is busy with other things; 250 when left out',
  },
  'id-maps': {
    type: 'string',
    description:
      'how they come to the other service, direct or events; one run of three by events when left out',
  },
  exhaustive: { type: 'boolean', description: 'one run that dies at every fault point there is; hours' },
  json: { type: 'boolean', description: 'print the report as JSON' },
  record: { type: 'boolean', description: 'write it to results/crash-<seed>.md and .json' },
} as const;

const STALL_LIMIT_MS = 250;
const ID_MAP_WAYS: readonly IdMapWay[] = ['direct', 'events'];

/** @throws CrashTestError INVALID_OPTION with every fault at once */
export function readOptions(raw: RawOptions): CrashOptions {
  const faults: string[] = [];
  const number = (name: keyof RawOptions, preset: number, least: number, most: number): number => {
    const given = raw[name];
    if (given === undefined) return preset;
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : NaN;
    if (value >= least && value <= most && (name === 'minutes' || Number.isInteger(value))) return value;
    faults.push(`--${name} is ${JSON.stringify(given)}: give a number from ${least} to ${most}`);
    return preset;
  };
  const newest = Math.max(...postgresMajors);
  const postgres = number('postgres', newest, 0, newest);
  const postgresMajor = postgresMajors.find((major) => major === postgres);
  if (!postgresMajor) faults.push(`--postgres is ${postgres}: give one of ${postgresMajors.join(', ')}`);
  const stallLimitMs = number('stall-limit-ms', STALL_LIMIT_MS, STALL_LIMIT_MS, 60_000);
  if (raw.record === true && stallLimitMs !== STALL_LIMIT_MS)
    faults.push(`--stall-limit-ms and --record: what is recorded is judged by ${STALL_LIMIT_MS} ms`);
  const idMaps = ID_MAP_WAYS.find((way) => way === raw['id-maps']);
  if (raw['id-maps'] !== undefined && !idMaps)
    faults.push(`--id-maps is ${JSON.stringify(raw['id-maps'])}: give one of ${ID_MAP_WAYS.join(', ')}`);
  const options = {
    ...(idMaps && { idMaps }),
    ...{ seed: number('seed', randomInt(LARGEST_SEED), 0, LARGEST_SEED), stallLimitMs },
    ...{ durationMs: number('minutes', 15, 0, 24 * 60) * 60_000, runs: number('runs', 100, 1, 10_000) },
    size: { leastUsers: number('users', 150, 50, 1_000_000), killsPerPhase: number('kills', 6, 1, 100) },
    ...{ exhaustive: raw.exhaustive === true, record: raw.record === true },
  };
  if (faults.length > 0 || !postgresMajor) throw new CrashTestError('INVALID_OPTION', faults.join('\n'));
  return { ...options, postgresMajor };
}
