/** Pure: a seed -> what is killed in each phase of one run. */
import { RandomSource } from '@hockey-hub/chaos/src/random/random-source';
import { PHASES, type PhaseName } from '../../trial/phases';
import type { KillKind, PlannedKill } from './kills';

export interface RunPlan {
  /** Of the club's rows and of the clients' requests. */
  readonly clubSeed: number;
  readonly users: number;
  /** In this order: the next one when the migrator is started again after the one before. */
  readonly kills: Readonly<Record<PhaseName, KillsOfPhase>>;
}

/** Either drawn, or at each fault point in turn until there is none left. */
export type KillsOfPhase = readonly PlannedKill[] | typeof EVERY_FAULT_POINT;

export const EVERY_FAULT_POINT = 'every fault point';

export interface RunSize {
  /** From so many users on, up to twice as many. */
  readonly leastUsers: number;
  /** In each phase; half as many again where the seed wants it. The first one of a phase is at a fault point. */
  readonly killsPerPhase: number;
}

/** About so many fault points a phase has, in both services; where it has fewer, a kill may come too late, which is told. */
const FAULT_POINTS: Readonly<Record<PhaseName, number>> = {
  AddUuidColumns: 600,
  GenerateUuids: 240,
  UpdateReferences: 480,
  SwitchPrimaryKeys: 360,
  RemoveNumericIds: 320,
};

/** How often each kind, in proportion. */
const WEIGHTS: Readonly<Record<KillKind, number>> = {
  'fault-point': 6,
  migrator: 2,
  postgres: 1.5,
  machine: 0.5,
};

/** Until then a process reads its files and has not begun. */
const EARLIEST_MS = 700;
/** By then a phase of a small club is over. */
const LATEST_MS = 2_800;

export function planRun(seed: number, { leastUsers, killsPerPhase }: RunSize): RunPlan {
  const random = new RandomSource(seed);
  const club = drawClub(random, leastUsers);
  return planOf(club, (phase) => {
    const count = killsPerPhase + random.integer(0, Math.floor(killsPerPhase / 2));
    const most = Math.ceil(FAULT_POINTS[phase] / count);
    return Array.from({ length: count }, (_, index) => {
      const kind = index === 0 ? 'fault-point' : random.pickWeighted(WEIGHTS);
      return kind === 'fault-point'
        ? { kind, diesAt: random.integer(1, most) }
        : { kind, afterMs: random.integer(EARLIEST_MS, LATEST_MS) };
    });
  });
}

/** Every fault point once; hours. */
export const planExhaustiveRun = (seed: number, { leastUsers }: Pick<RunSize, 'leastUsers'>): RunPlan =>
  planOf(drawClub(new RandomSource(seed), leastUsers), () => EVERY_FAULT_POINT);

/** Nothing is killed: what a conversion leaves when nobody disturbs it. */
export const planQuietRun = (seed: number, { leastUsers }: Pick<RunSize, 'leastUsers'>): RunPlan =>
  planOf(drawClub(new RandomSource(seed), leastUsers), () => []);

type Club = Pick<RunPlan, 'clubSeed' | 'users'>;

const drawClub = (random: RandomSource, leastUsers: number): Club => ({
  clubSeed: random.integer(1, 1_000_000),
  users: random.integer(leastUsers, 2 * leastUsers),
});

const planOf = (club: Club, killsOf: (phase: PhaseName) => KillsOfPhase): RunPlan => ({
  ...club,
  kills: Object.fromEntries(PHASES.map((phase) => [phase, killsOf(phase)])) as RunPlan['kills'],
});
