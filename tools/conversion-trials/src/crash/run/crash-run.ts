/** One club, converted from the first phase to the last while clients work and things are killed; and the verdict. */
import { lockAttempts } from '@hockey-hub/bench/src/convert/databases/lock-attempts';
import { shapeOf } from '@hockey-hub/bench/src/convert/databases/shape-of';
import type { VerifiedTable } from '@hockey-hub/conversion-clients';
import { databaseName } from '@hockey-hub/migrator/src/pg/connection-url';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import { ConversionTrial } from '../../trial/conversion-trial';
import { PHASES } from '../../trial/phases';
import { leftovers } from '../judge/leftovers';
import { whatClientsSaw, type ClientsSaw } from '../judge/what-clients-saw';
import type { RunPlan } from '../schedule/plan-run';
import type { CarriedOutKill } from './carried-out-kill';
import type { KillableServer } from './killable-server';
import { migratePhase, type PhaseUnderFire } from './migrate-phase';

/** Requests of all clients together: many enough that each lock meets some, few enough that the machine has time for what is tested. */
const CLIENT_REQUESTS_PER_SECOND = 80;
const CONNECTIONS = 4;

export interface RunUnderFire {
  readonly server: KillableServer;
  /** From 1. */
  readonly number: number;
  readonly plan: RunPlan;
  readonly onKill: (kill: CarriedOutKill) => void;
  readonly onPassed: PhaseUnderFire['onPassed'];
  readonly signal: AbortSignal;
}

export interface CrashRun {
  readonly users: number;
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
  try {
    const services = Object.fromEntries(
      SERVICES.map((service) => [databaseName(trial.workspace.urlOf(service), service), service]),
    );
    await trial.beginOld();
    for (const phase of PHASES) {
      if (phase === 'RemoveNumericIds') await trial.endOld();
      await migratePhase({
        ...{ trial, server, phase, services, kills: plan.kills[phase], ...told },
        onKill: (kill) => onKill({ run: number, phase, ...kill }),
      });
      if (phase === 'UpdateReferences') await trial.beginNew();
    }
    const verified = await trial.verify('uuid');
    const attempts = await lockAttempts(trial.urls);
    return {
      ...{ users: plan.users, verified, lockAttempts: attempts.length },
      clients: whatClientsSaw({
        logs: trial.clients.logs,
        lockAttempts: attempts,
        outages: server.outages.slice(outagesBefore),
      }),
      leftovers: await leftovers(trial.urls),
      shape: await shapeOf(trial.urls),
    };
  } finally {
    await trial.end();
  }
}
