/**
 * One phase, by the command line, killed as planned and started again until it is applied: as an operator would who knows nothing but
 * the one command.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { LegacyService } from '@hockey-hub/legacy-clubs';
import type { CliResult, RunningCli } from '@hockey-hub/migrator/src/testing/run-cli';
import type { ConversionTrial } from '../../trial/conversion-trial';
import type { PhaseName } from '../../trial/phases';
import { CrashTestError } from '../errors';
import { armProcess, type ArmedProcess, type FaultOrders } from '../fault-points/fault-orders';
import type { PlannedKill } from '../schedule/kills';
import { EVERY_FAULT_POINT, type KillsOfPhase } from '../schedule/plan-run';
import type { IdMapServices } from '../services/id-map-services';
import type { CarriedOutKill } from './carried-out-kill';
import type { KillableServer } from './killable-server';

export interface PhaseUnderFire {
  readonly trial: ConversionTrial;
  readonly server: KillableServer;
  readonly phase: PhaseName;
  /** That one alone; both, by one command, when left out. */
  readonly service?: LegacyService;
  /** Undefined where the id map is read from its owner's database. */
  readonly idMaps?: IdMapServices;
  readonly hidden?: FaultOrders['hidden'];
  /** Names of the services by the names of their databases. */
  readonly services: Readonly<Record<string, string>>;
  readonly kills: KillsOfPhase;
  /** What the phase takes when nobody disturbs it. */
  readonly undisturbedMs: number;
  readonly onKill: (kill: Pick<CarriedOutKill, 'kind' | 'where' | 'outcome'>) => void;
  /** Fault points that the phase went through, in order. */
  readonly onPassed: (names: readonly string[]) => void;
  /** Lets nothing new begin. */
  readonly signal: AbortSignal;
}

const NEXT_FAULT_POINT: PlannedKill = { kind: 'fault-point', diesAt: 1 };

/** How one start of the migrator came to its end. */
interface Attempt {
  readonly result: CliResult;
  /** Whether a kill of ours explains that it did not reach the end. */
  readonly isExplained: boolean;
}

/** @throws CrashTestError MIGRATOR_FAILED when it failed and no kill explains it; INTERRUPTED */
export async function migratePhase(fire: PhaseUnderFire): Promise<void> {
  const { phase, kills, undisturbedMs, onKill, signal } = fire;
  const passed = new Set<string>();
  const left = kills === EVERY_FAULT_POINT ? [] : [...kills];
  for (;;) {
    if (signal.aborted) throw new CrashTestError('INTERRUPTED', 'broken off; nothing was judged.');
    const kill = kills === EVERY_FAULT_POINT ? NEXT_FAULT_POINT : left.shift();
    const { result, isExplained } = await attempt(fire, kill, passed);
    if (result.exitCode === 0) break;
    if (isExplained) continue;
    throw new CrashTestError(
      'MIGRATOR_FAILED',
      `migrating up to ${phase} ended with ${result.exitCode ?? 'a signal'}, and nobody had killed anything:\n` +
        `${result.stdout}${result.stderr}`,
    );
  }
  for (const kill of left)
    onKill({ kind: kill.kind, where: plannedPlace(kill, undisturbedMs), outcome: 'too late' });
}

function attempt(fire: PhaseUnderFire, kill: PlannedKill | undefined, passed: Set<string>): Promise<Attempt> {
  if (kill === undefined) return undisturbed(fire);
  return kill.kind === 'fault-point' ? atFaultPoint(fire, kill.diesAt, passed) : atMoment(fire, kill);
}

function undisturbed(fire: PhaseUnderFire): Promise<Attempt> {
  return whileArmed(fire, { diesAt: 0 }, async (running) => ({
    result: await running.exited,
    isExplained: false,
  }));
}

function atFaultPoint(fire: PhaseUnderFire, diesAt: number, passed: Set<string>): Promise<Attempt> {
  const { undisturbedMs, onKill, onPassed } = fire;
  return whileArmed(fire, { diesAt, passed: [...passed] }, async (running, armed) => {
    const result = await running.exited;
    const record = await armed.read();
    for (const name of record.passed) passed.add(name);
    onPassed(record.passed);
    const where = record.died ?? plannedPlace({ kind: 'fault-point', diesAt }, undisturbedMs);
    onKill({ kind: 'fault-point', where, outcome: record.died === undefined ? 'too late' : 'killed' });
    return { result, isExplained: record.died !== undefined };
  });
}

function atMoment(fire: PhaseUnderFire, kill: KillAtMoment): Promise<Attempt> {
  const { undisturbedMs, onKill } = fire;
  return whileArmed(fire, { diesAt: 0 }, async (running) => {
    const afterMs = momentOf(kill, undisturbedMs);
    const isOver = await Promise.race([running.exited.then(() => true), pause(afterMs, false)]);
    onKill({
      kind: kill.kind,
      where: plannedPlace(kill, undisturbedMs),
      outcome: isOver ? 'too late' : 'killed',
    });
    if (isOver) return { result: await running.exited, isExplained: false };
    const isExplained = await strike(kill.kind, running, fire);
    return { result: await running.exited, isExplained };
  });
}

type KillAtMoment = Exclude<PlannedKill, { kind: 'fault-point' }>;

/** @returns whether the migrator may fail because of it: of the services that carry the map it does not even know */
async function strike(
  kind: KillAtMoment['kind'],
  running: RunningCli,
  { server, idMaps }: PhaseUnderFire,
): Promise<boolean> {
  switch (kind) {
    case 'migrator':
      running.kill('SIGKILL');
      return true;
    case 'machine':
      running.kill('SIGKILL');
      await server.crash();
      return true;
    case 'postgres':
      await server.crash();
      return true;
    default:
      await idMaps?.strike(kind);
      return false;
  }
}

async function whileArmed(
  { trial, phase, service, services, hidden }: PhaseUnderFire,
  orders: Pick<FaultOrders, 'diesAt'> & Partial<Pick<FaultOrders, 'passed'>>,
  work: (running: RunningCli, armed: ArmedProcess) => Promise<Attempt>,
): Promise<Attempt> {
  const armed = await armProcess({ phase, services, passed: [], ...orders, ...(hidden && { hidden }) });
  try {
    const { env, nodeArguments } = armed;
    return await work(await trial.begin(phase, { env, nodeArguments, ...(service && { service }) }), armed);
  } finally {
    await armed.dispose();
  }
}

const momentOf = ({ atPercent }: KillAtMoment, undisturbedMs: number): number =>
  Math.round((undisturbedMs * atPercent) / 100);

const plannedPlace = (kill: PlannedKill, undisturbedMs: number): string =>
  kill.kind === 'fault-point'
    ? `fault point ${kill.diesAt} from there`
    : `after ${momentOf(kill, undisturbedMs)} ms`;
