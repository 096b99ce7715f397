/**
 * One phase, by the command line, killed as planned and started again until it is applied: as an operator would who knows nothing but
 * the one command.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { CliResult, RunningCli } from '@hockey-hub/migrator/src/testing/run-cli';
import type { ConversionTrial } from '../../trial/conversion-trial';
import type { PhaseName } from '../../trial/phases';
import { CrashTestError } from '../errors';
import { armProcess } from '../fault-points/fault-orders';
import type { PlannedKill } from '../schedule/kills';
import { EVERY_FAULT_POINT, type KillsOfPhase } from '../schedule/plan-run';
import type { CarriedOutKill } from './carried-out-kill';
import type { KillableServer } from './killable-server';

export interface PhaseUnderFire {
  readonly trial: ConversionTrial;
  readonly server: KillableServer;
  readonly phase: PhaseName;
  /** Names of the services by the names of their databases. */
  readonly services: Readonly<Record<string, string>>;
  readonly kills: KillsOfPhase;
  readonly onKill: (kill: Omit<CarriedOutKill, 'run' | 'phase'>) => void;
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
  const { phase, kills, onKill, signal } = fire;
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
  for (const kill of left) onKill({ kind: kill.kind, where: plannedPlace(kill), outcome: 'too late' });
}

function attempt(fire: PhaseUnderFire, kill: PlannedKill | undefined, passed: Set<string>): Promise<Attempt> {
  if (kill === undefined) return undisturbed(fire);
  return kill.kind === 'fault-point' ? atFaultPoint(fire, kill.diesAt, passed) : atMoment(fire, kill);
}

async function undisturbed({ trial, phase }: PhaseUnderFire): Promise<Attempt> {
  const running = await trial.begin(phase);
  return { result: await running.exited, isExplained: false };
}

async function atFaultPoint(
  { trial, phase, services, onKill, onPassed }: PhaseUnderFire,
  diesAt: number,
  passed: Set<string>,
): Promise<Attempt> {
  const armed = await armProcess({ phase, services, diesAt, passed: [...passed] });
  try {
    const running = await trial.begin(phase, { env: armed.env, nodeArguments: armed.nodeArguments });
    const result = await running.exited;
    const record = await armed.read();
    for (const name of record.passed) passed.add(name);
    onPassed(record.passed);
    const where = record.died ?? plannedPlace({ kind: 'fault-point', diesAt });
    onKill({ kind: 'fault-point', where, outcome: record.died === undefined ? 'too late' : 'killed' });
    return { result, isExplained: record.died !== undefined };
  } finally {
    await armed.dispose();
  }
}

async function atMoment(
  { trial, server, phase, onKill }: PhaseUnderFire,
  kill: Exclude<PlannedKill, { kind: 'fault-point' }>,
): Promise<Attempt> {
  const running = await trial.begin(phase);
  const isOver = await Promise.race([running.exited.then(() => true), pause(kill.afterMs, false)]);
  const where = plannedPlace(kill);
  if (isOver) {
    onKill({ kind: kill.kind, where, outcome: 'too late' });
    return { result: await running.exited, isExplained: false };
  }
  onKill({ kind: kill.kind, where, outcome: 'killed' });
  await strike(kill.kind, running, server);
  return { result: await running.exited, isExplained: true };
}

async function strike(
  kind: Exclude<PlannedKill['kind'], 'fault-point'>,
  running: RunningCli,
  server: KillableServer,
): Promise<void> {
  if (kind !== 'postgres') running.kill('SIGKILL');
  if (kind !== 'migrator') await server.crash();
}

const plannedPlace = (kill: PlannedKill): string =>
  kill.kind === 'fault-point' ? `fault point ${kill.diesAt} from there` : `after ${kill.afterMs} ms`;
