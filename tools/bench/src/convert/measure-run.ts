/** One run of one contender: on a copy of the seeded databases, with or without clients, measured and verified. */
import {
  lockAttempts,
  NEW_CLIENTS,
  nowMs,
  OLD_CLIENTS,
  shapeOf,
  startClients,
  verifyRows,
  type ClientGroup,
  type Clients,
  type DatabaseUrls,
  type NamedPeriod,
  type Witnessed,
} from '@hockey-hub/conversion-clients';
import type { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { BenchError } from '../errors';
import type { ConvertContender } from './contenders/contender';
import type { ClubDatabases, SeededPair } from './databases/club-databases';
import { measureSizes } from './databases/measure-sizes';
import { walPosition } from './databases/wal-position';
import { sampleOf, type ConvertSample, type SeenRun } from './sample';

export interface RunLoad {
  readonly perSecond: number;
  /** What nobody counts when clients have come or gone: their connections begin cold, and take a while to be closed. */
  readonly settleSeconds: number;
  /** How long the clients are alone before the conversion, and again after it. */
  readonly idleSeconds: number;
}

export interface RunContext {
  readonly admin: Client;
  readonly databases: ClubDatabases;
  readonly pair: SeededPair;
  readonly load: RunLoad;
}

export interface MeasuredRun {
  readonly sample: ConvertSample;
  readonly seen: SeenRun;
  readonly phases: readonly NamedPeriod[];
  /** What it left; every right conversion leaves the same. */
  readonly shape: ReadonlySet<string>;
}

/** @throws BenchError CONTENDER_FAILED; ConversionClientsError ROWS_DIFFER when it lost something; CLIENTS_FAILED */
export async function measureRun(
  contender: ConvertContender,
  { admin, databases, pair, load }: RunContext,
): Promise<MeasuredRun> {
  const urls = await databases.copy(pair);
  const clients =
    contender.clients === 'none'
      ? undefined
      : await startClients(urls, { perSecond: load.perSecond, connections: 8, seed: 1 });
  try {
    const before = await measureSizes(urls);
    await welcome(clients, OLD_CLIENTS, load);
    const aloneFromMs = nowMs();
    if (clients) await pause(load.idleSeconds * 1_000);
    const alone = { fromMs: aloneFromMs, toMs: nowMs() };
    const walBefore = await walPosition(admin);
    const phases = await convert(contender, { urls, clients, load });
    const walBytes = (await walPosition(admin)) - walBefore;
    if (clients) await pause(load.idleSeconds * 1_000);
    const witnessed: Witnessed | undefined = await clients?.stop();
    const sizes = await measureSizes(urls);
    await verifyRows({
      ...{ before: pair.urls, after: urls, shape: 'uuid', idMap: contender.idMap },
      written: witnessed?.written ?? [],
    });
    const seen: SeenRun = {
      ...{ rows: pair.convertedRows, phases, walBytes, before, after: sizes },
      ...{ log: witnessed?.log, alone, lockAttempts: await lockAttempts(urls) },
    };
    return { sample: sampleOf(seen), seen, phases, shape: await shapeOf(urls) };
  } finally {
    await clients?.kill();
    await databases.drop(urls);
  }
}

/** The phases, and the clients that come and go with them. */
async function convert(
  contender: ConvertContender,
  { urls, clients, load }: { urls: DatabaseUrls; clients: Clients | undefined; load: RunLoad },
): Promise<NamedPeriod[]> {
  const phases: NamedPeriod[] = [];
  const both = contender.clients === 'old-and-new' ? clients : undefined;
  try {
    await contender.run({
      urls,
      phase: async (name, work) => {
        if (name === 'RemoveNumericIds' && both) {
          await both.end(OLD_CLIENTS);
          await settle(load);
        }
        const beganMs = nowMs();
        await work();
        phases.push({ name, fromMs: beganMs, toMs: nowMs() });
        // Before, there is no index on UUIDs.
        if (name === 'UpdateReferences') await welcome(both, NEW_CLIENTS, load);
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BenchError('CONTENDER_FAILED', `${contender.name} failed: ${reason}`, { cause: error });
  }
  return phases;
}

async function welcome(clients: Clients | undefined, group: ClientGroup, load: RunLoad): Promise<void> {
  if (!clients) return;
  await clients.begin(group);
  await settle(load);
}

const settle = ({ settleSeconds }: RunLoad): Promise<void> => pause(settleSeconds * 1_000);
