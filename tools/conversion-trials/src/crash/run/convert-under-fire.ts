/** All phases of one conversion, with clients that come and go as decided: old ones until the contract, new ones after UpdateReferences. */
import { nowMs, type Period } from '@hockey-hub/conversion-clients';
import type { LegacyService } from '@hockey-hub/legacy-clubs';
import { databaseName } from '@hockey-hub/migrator/src/pg/connection-url';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import type { ConversionTrial } from '../../trial/conversion-trial';
import { PHASES, type PhaseName } from '../../trial/phases';
import type { RunPlan } from '../schedule/plan-run';
import type { IdMapServices } from '../services/id-map-services';
import type { CarriedOutKill } from './carried-out-kill';
import { migratePhase, type PhaseUnderFire } from './migrate-phase';

export interface ConversionUnderFire extends Pick<PhaseUnderFire, 'server' | 'onPassed' | 'signal'> {
  readonly trial: ConversionTrial;
  readonly plan: RunPlan;
  /** What each phase takes here when nobody disturbs it; unknown as long as none has been tried. */
  readonly undisturbed: PhaseDurations | undefined;
  /** Undefined where the id map is read from its owner's database. */
  readonly idMaps: IdMapServices | undefined;
  readonly onKill: (kill: Omit<CarriedOutKill, 'run'>) => void;
}

/** In milliseconds; of the phase in both services, from its first command to the end of its last one. */
export type PhaseDurations = Readonly<Record<PhaseName, number>>;

export interface ConvertedUnderFire {
  /** When clients came. */
  readonly arrivals: readonly Period[];
  readonly phaseMs: PhaseDurations;
}

/** For a phase of which nothing is known: what a small club takes on a slow machine. */
const UNKNOWN_MS = 2_800;

/** Clients that have just come open their connections, and wait for that and for nothing else. */
const ARRIVAL_MS = 2_000;

/** @throws CrashTestError MIGRATOR_FAILED, INTERRUPTED; ConversionClientsError CLIENTS_FAILED */
export async function convertUnderFire({
  plan,
  undisturbed,
  idMaps,
  onKill,
  ...fire
}: ConversionUnderFire): Promise<ConvertedUnderFire> {
  const { trial } = fire;
  const arrivals: Period[] = [];
  const phaseMs: Partial<Record<PhaseName, number>> = {};
  const arrive = async (begin: () => Promise<void>) => {
    const fromMs = nowMs();
    await begin();
    arrivals.push({ fromMs, toMs: nowMs() + ARRIVAL_MS });
  };
  const services = Object.fromEntries(
    SERVICES.map((service) => [databaseName(trial.workspace.urlOf(service), service), service]),
  );
  await arrive(trial.beginOld);
  for (const phase of PHASES) {
    if (phase === 'RemoveNumericIds') await trial.endOld();
    const phaseUnderFire = {
      ...{ ...fire, phase, services, kills: plan.kills[phase] },
      undisturbedMs: undisturbed?.[phase] ?? UNKNOWN_MS,
      onKill: (kill: Pick<CarriedOutKill, 'kind' | 'where' | 'outcome'>) =>
        onKill({ phase, atMs: nowMs(), ...kill }),
    };
    const beganMs = nowMs();
    if (idMaps) await migrateOneByOne({ ...phaseUnderFire, idMaps });
    else await migratePhase(phaseUnderFire);
    phaseMs[phase] = nowMs() - beganMs;
    if (phase === 'UpdateReferences') await arrive(trial.beginNew);
  }
  return { arrivals, phaseMs: phaseMs as PhaseDurations };
}

/** As where each service's database is in a network of its own: a command for each, and the map by events. Half of the kills are for each. */
async function migrateOneByOne(fire: PhaseUnderFire): Promise<void> {
  const { trial, phase, kills } = fire;
  // The owner's numbers go last.
  const order: readonly LegacyService[] = phase === 'RemoveNumericIds' ? [...SERVICES].reverse() : SERVICES;
  const hidden = databaseName(trial.urls.user, 'user-service');
  for (const [index, service] of order.entries()) {
    const half = Math.ceil(kills.length / 2);
    const own = typeof kills === 'string' ? kills : index === 0 ? kills.slice(0, half) : kills.slice(half);
    await migratePhase({ ...fire, service, kills: own, hidden });
  }
}
