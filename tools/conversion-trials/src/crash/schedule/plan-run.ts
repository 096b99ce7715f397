/** Pure: a seed -> what is killed in each phase of one run. */
import { RandomSource } from '@hockey-hub/seeded-random';
import { PHASES, type PhaseName } from '../../trial/phases';
import type { KillKind, PlannedKill } from './kills';

/** How the id map comes from its owner to the other service: read from its database, or by events through NATS. */
export type IdMapWay = 'direct' | 'events';

export interface RunPlan {
  readonly idMaps: IdMapWay;
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
const WEIGHTS: Readonly<Record<IdMapWay, Readonly<Record<KillKind, number>>>> = {
  direct: {
    ...{ 'fault-point': 6, migrator: 2, postgres: 1.5, machine: 0.5 },
    ...{ owner: 0, relay: 0, follower: 0, nats: 0, 'nats-store': 0 },
  },
  events: {
    ...{ 'fault-point': 4, migrator: 1.5, postgres: 1, machine: 0.5 },
    ...{ owner: 1.5, relay: 1.5, follower: 1.5, nats: 1.5, 'nats-store': 1 },
  },
};

/** Until then a process reads its files and has not begun. */
const EARLIEST_PERCENT = 30;
/** What an earlier process has done is not done again, so that the phase is over sooner. */
const LATEST_PERCENT = 85;

export function planRun(
  seed: number,
  { leastUsers, killsPerPhase }: RunSize,
  idMaps: IdMapWay = 'direct',
): RunPlan {
  const random = new RandomSource(seed);
  const club = drawClub(random, leastUsers);
  return planOf({ ...club, idMaps }, (phase) => {
    const count = killsPerPhase + random.integer(0, Math.floor(killsPerPhase / 2));
    const most = Math.ceil(FAULT_POINTS[phase] / count);
    return Array.from({ length: count }, (_, index) => {
      const kind = index === 0 ? 'fault-point' : random.pickWeighted(WEIGHTS[idMaps]);
      return kind === 'fault-point'
        ? { kind, diesAt: random.integer(1, most) }
        : { kind, atPercent: random.integer(EARLIEST_PERCENT, LATEST_PERCENT) };
    });
  });
}

/** Every fault point once; hours. */
export const planExhaustiveRun = (seed: number, { leastUsers }: Pick<RunSize, 'leastUsers'>): RunPlan =>
  planOf(drawClub(new RandomSource(seed), leastUsers), () => EVERY_FAULT_POINT);

/** Nothing is killed: what a conversion leaves when nobody disturbs it. */
export const planQuietRun = (seed: number, { leastUsers }: Pick<RunSize, 'leastUsers'>): RunPlan =>
  planOf(drawClub(new RandomSource(seed), leastUsers), () => []);

type Club = Omit<RunPlan, 'kills'>;

const drawClub = (random: RandomSource, leastUsers: number): Club => ({
  idMaps: 'direct',
  clubSeed: random.integer(1, 1_000_000),
  users: random.integer(leastUsers, 2 * leastUsers),
});

const planOf = (club: Club, killsOf: (phase: PhaseName) => KillsOfPhase): RunPlan => ({
  ...club,
  kills: Object.fromEntries(PHASES.map((phase) => [phase, killsOf(phase)])) as RunPlan['kills'],
});
