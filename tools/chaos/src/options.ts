/** What a run is asked for, parsed once; what cannot be done is refused before anything is started. */
import { randomInt } from 'node:crypto';
import { LARGEST_SEED } from '@hockey-hub/seeded-random';
import { postgresMajors, type PostgresMajor } from '@hockey-hub/dev-services';
import { ChaosError } from './errors';

export interface ChaosOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly postgresMajor: PostgresMajor;
  /** Whether the result becomes a file of results/. */
  readonly record: boolean;
  /** Whether the ledger and the logs of a run that kept its promises are kept as well. */
  readonly keep: boolean;
  /** Between two faults of a storm, on average, in milliseconds. */
  readonly pauseMs?: number;
}

/** As they come from a command line. */
export interface RawOptions {
  readonly seed?: unknown;
  readonly minutes?: unknown;
  readonly postgres?: unknown;
  readonly record?: unknown;
  readonly keep?: unknown;
}

const SHORTEST_MINUTES = 0.25;
const LONGEST_MINUTES = 24 * 60;
const DEFAULT_MINUTES = 5;

/** @throws ChaosError INVALID_OPTION with every fault at once */
export function readOptions(raw: RawOptions): ChaosOptions {
  const faults: string[] = [];
  const number = (
    name: 'seed' | 'minutes' | 'postgres',
    preset: number,
    rule: string,
    isRight: (value: number) => boolean,
  ) => {
    const given = raw[name];
    if (given === undefined) return preset;
    const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof value === 'number' && isRight(value)) return value;
    faults.push(`--${name} is ${JSON.stringify(given)}: give ${rule}`);
    return preset;
  };
  const seed = number(
    'seed',
    randomInt(LARGEST_SEED),
    `a whole number from 0 to ${LARGEST_SEED}, or leave it out for a new one`,
    (value) => Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED,
  );
  const minutes = number(
    'minutes',
    DEFAULT_MINUTES,
    `a number from ${SHORTEST_MINUTES} to ${LONGEST_MINUTES}; 22 have more than 500 faults`,
    (value) => value >= SHORTEST_MINUTES && value <= LONGEST_MINUTES,
  );
  const isMajor = (value: number): value is PostgresMajor => postgresMajors.some((major) => major === value);
  const postgres = number(
    'postgres',
    Math.max(...postgresMajors),
    `one of ${postgresMajors.join(', ')}`,
    isMajor,
  );
  if (faults.length > 0) throw new ChaosError('INVALID_OPTION', faults.join('\n'));
  return {
    ...{ seed, durationMs: minutes * 60_000, postgresMajor: postgres as PostgresMajor },
    ...{ record: raw.record === true, keep: raw.keep === true },
  };
}
