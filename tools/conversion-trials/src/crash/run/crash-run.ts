/** One club, converted from the first phase to the last while clients work and things are killed; and the verdict. */
import { lockAttempts, shapeOf, type VerifiedTable } from '@hockey-hub/conversion-clients';
import { ConversionTrial } from '../../trial/conversion-trial';
import { idMapsAgree } from '../judge/id-maps-agree';
import { leftovers } from '../judge/leftovers';
import { whatClientsSaw, type ClientsSaw } from '../judge/what-clients-saw';
import type { RunPlan } from '../schedule/plan-run';
import { IdMapServices } from '../services/id-map-services';
import { makeMessagingTables } from '../services/make-messaging-tables';
import type { CarriedOutKill } from './carried-out-kill';
import { convertUnderFire, type ConversionUnderFire, type PhaseDurations } from './convert-under-fire';
import type { KillableServer } from './killable-server';

/** Requests of all clients together: many enough that each lock meets some, few enough that the machine has time for what is tested. */
const CLIENT_REQUESTS_PER_SECOND = 80;
const CONNECTIONS = 4;

export interface RunUnderFire {
  readonly server: KillableServer;
  /** From 1. */
  readonly number: number;
  readonly plan: RunPlan;
  /** See `ConversionUnderFire`. */
  readonly undisturbed: PhaseDurations | undefined;
  readonly onKill: (kill: CarriedOutKill) => void;
  readonly onPassed: ConversionUnderFire['onPassed'];
  readonly signal: AbortSignal;
}

export interface CrashRun {
  readonly users: number;
  readonly phaseMs: PhaseDurations;
  readonly verified: readonly VerifiedTable[];
  readonly clients: ClientsSaw;
  readonly lockAttempts: number;
  /** What of the conversion is still there and should not be. */
  readonly leftovers: readonly string[];
  /** The tables as they are in the end: columns, indexes, keys and rules. Without a kill they are the same. */
  readonly shape: ReadonlySet<string>;
}

/**
 * @throws CrashTestError MIGRATOR_FAILED, INTERRUPTED
 * @throws ConversionClientsError ROWS_DIFFER when a row or a reference is not what it was; CLIENTS_FAILED
 */
export async function crashRun({ server, number, plan, onKill, ...told }: RunUnderFire): Promise<CrashRun> {
  const outagesBefore = server.outages.length;
  const trial = await ConversionTrial.start({
    ...{ users: plan.users, seed: plan.clubSeed, serverUrl: server.url },
    ...{ perSecond: CLIENT_REQUESTS_PER_SECOND, connections: CONNECTIONS },
  });
  let idMaps: IdMapServices | undefined;
  try {
    for (const url of Object.values(trial.urls)) await makeMessagingTables(url);
    if (plan.idMaps === 'events') idMaps = await IdMapServices.start(trial.workspace.urlOf);
    const { arrivals, phaseMs } = await convertUnderFire({
      ...{ trial, server, plan, idMaps, ...told },
      onKill: (kill) => onKill({ run: number, ...kill }),
    });
    const verified = await trial.verify('uuid');
    const attempts = await lockAttempts(trial.urls);
    return {
      ...{ users: plan.users, phaseMs, verified, lockAttempts: attempts.length },
      clients: whatClientsSaw({
        logs: trial.clients.logs,
        locksAndArrivals: [...attempts, ...arrivals],
        outages: server.outages.slice(outagesBefore),
      }),
      leftovers: [...(idMaps ? await idMapsAgree(trial.urls) : []), ...(await leftovers(trial.urls))],
      shape: await shapeOf(trial.urls),
    };
  } finally {
    await idMaps?.stop();
    await trial.end();
  }
}
