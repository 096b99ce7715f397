/**
 * Runs until the time is over, each with a club of its own, and what they found. Every promise that was broken is a finding; a run that breaks
 * one does not keep the others from being made.
 */
import { RandomSource } from '@hockey-hub/seeded-random';
import { ConversionClientsError } from '@hockey-hub/conversion-clients';
import { CrashTestError } from '../errors';
import type { CrashOptions } from '../options';
import { planExhaustiveRun, planQuietRun, planRun, type IdMapWay, type RunPlan } from '../schedule/plan-run';
import type { CarriedOutKill } from './carried-out-kill';
import type { PhaseDurations } from './convert-under-fire';
import { crashRun, type CrashRun } from './crash-run';
import { findingsOf } from '../judge/findings-of';
import { KillableServer } from './killable-server';

export interface CrashTest {
  readonly runs: readonly CrashRun[];
  readonly kills: readonly CarriedOutKill[];
  /** Every fault point that some migrator went through. */
  readonly faultPoints: ReadonlySet<string>;
  /** What was promised and did not hold, in people's words. */
  readonly findings: readonly string[];
  /** How often the server was away, and the longest time. */
  readonly outages: { readonly count: number; readonly longestMs: number };
  readonly tookMs: number;
}

export interface CrashTestListener {
  onStep(message: string): void;
  onKill(kill: CarriedOutKill): void;
}

/** @throws CrashTestError INTERRUPTED; DevServicesError when the server cannot be started */
export async function crashTest(
  options: CrashOptions,
  listener: CrashTestListener,
  signal: AbortSignal,
): Promise<CrashTest> {
  const startedAt = performance.now();
  const random = new RandomSource(options.seed);
  const server = await KillableServer.start(options.postgresMajor);
  const [runs, kills, findings] = [[] as CrashRun[], [] as CarriedOutKill[], [] as string[]];
  const faultPoints = new Set<string>();

  const make = async (
    number: number,
    plan: RunPlan,
    undisturbed?: PhaseDurations,
  ): Promise<CrashRun | undefined> => {
    try {
      return await crashRun({
        ...{ server, number, plan, undisturbed, signal },
        onKill: (kill) => {
          kills.push(kill);
          listener.onKill(kill);
        },
        onPassed: (names) => names.forEach((name) => faultPoints.add(name)),
      });
    } catch (error) {
      if (!isFinding(error)) throw error;
      findings.push(`run ${number}: ${error.message}`);
      return undefined;
    }
  };

  try {
    listener.onStep('a conversion that nobody disturbs, to compare with');
    const quiet = await make(0, planQuietRun(random.integer(0, 2 ** 31 - 1), options.size));
    const isOver = () => performance.now() - startedAt > options.durationMs;
    for (let number = 1; number === 1 || (number <= options.runs && !isOver()); number++) {
      const plan = planOfRun(number, random.integer(0, 2 ** 31 - 1), options);
      listener.onStep(`run ${number}: a club of ${plan.users}, ${IN_WORDS[plan.idMaps]}`);
      const run = await make(number, plan, quiet?.phaseMs);
      if (!run) continue;
      runs.push(run);
      const expectations = {
        ...(quiet && { expected: quiet.shape }),
        stallLimitMs: options.stallLimitMs,
        kills: kills.filter((kill) => kill.run === number),
      };
      findings.push(...findingsOf(run, expectations).map((finding) => `run ${number}: ${finding}`));
      if (options.exhaustive) break;
    }
    const awayMs = server.outages.map(({ fromMs, toMs }) => toMs - fromMs);
    const outages = { count: awayMs.length, longestMs: Math.max(0, ...awayMs) };
    return { runs, kills, faultPoints, findings, outages, tookMs: performance.now() - startedAt };
  } finally {
    await server.stop();
  }
}

const IN_WORDS: Readonly<Record<IdMapWay, string>> = {
  direct: 'its id map is read from its owner',
  events: 'its id map goes by events',
};

/** Of three runs one is by events, unless it was said which way. */
function planOfRun(number: number, seed: number, { exhaustive, size, idMaps }: CrashOptions): RunPlan {
  if (exhaustive) return planExhaustiveRun(seed, size);
  return planRun(seed, size, idMaps ?? (number % 3 === 2 ? 'events' : 'direct'));
}

/** What the conversion is to blame for, or the clients; anything else is a fault of the test itself. */
const isFinding = (error: unknown): error is Error =>
  (error instanceof CrashTestError && error.code === 'MIGRATOR_FAILED') ||
  (error instanceof ConversionClientsError && error.code === 'ROWS_DIFFER');
