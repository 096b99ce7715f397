/**
 * One run: the platform is started, asked for things and broken at the same time, left alone, and then examined.
 *
 *     start ─> requests and faults, side by side ─> until nothing is on its way ─> checks ─> report
 *
 * Owns the order of these steps. A promise that was broken is a finding of the report; what is thrown is a run that could
 * not be made.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../checks/finding';
import { runFolder } from '../config';
import { ChaosError } from '../errors';
import { subscriptionsOf } from '@hockey-hub/shared-lib/src/events/subscriptions';
import { installProbe } from '../evidence/install-probe';
import { readModelsIn } from '../evidence/read-models';
import { Ledger } from '../ledger/ledger';
import type { ChaosOptions } from '../options';
import { RandomSource } from '../random/random-source';
import { machineText } from '../report/machine';
import type { ChaosReport } from '../report/report';
import { Watcher } from '../watch/watcher';
import { withDatabase } from '../watch/with-database';
import { SERVICES } from '../world/topology';
import { World } from '../world/world';
import { Requests } from '../writers/requests';
import { breakThings, type Broken } from './break-things';
import { collectFindings, type Collected } from './collect-findings';
import { countFaults } from './count-faults';
import { prepareTown } from './prepare-town';
import { countUnfinishedSagas } from './read-sagas';
import type { RunTools } from './run-tools';
import { untilNothing } from './until';

const START_TIMEOUT_MS = 90_000;
const QUIET_TIMEOUT_MS = 120_000;

export interface ChaosRun {
  readonly report: ChaosReport;
  /** Where the ledger, the logs and the evidence are, when they were kept. */
  readonly kept?: string;
}

/** @throws ChaosError PREPARATION_FAILED, INTERRUPTED; DevServicesError when a server cannot be started */
export async function runChaos(options: ChaosOptions, tools: RunTools): Promise<ChaosRun> {
  const folder = runFolder(options.seed);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let isKept = true;
  try {
    const report = await runIn(folder, options, tools);
    await writeFile(join(folder, 'report.json'), JSON.stringify(report, undefined, 2));
    isKept = options.keep || report.findings.length > 0;
    return { report, ...(isKept && { kept: folder }) };
  } finally {
    if (!isKept || tools.signal.aborted) await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, options: ChaosOptions, tools: RunTools): Promise<ChaosReport> {
  const startedAt = new Date();
  const { postgresMajor, seed, durationMs } = options;
  const world = await World.start({ folder, postgresMajor, onProgress: tools.onStep });
  const ledger = new Ledger(join(folder, 'ledger.jsonl'));
  try {
    await startServices(world, tools);
    const requests = new Requests(world, ledger, new RandomSource(seed), tools.signal);
    const town = await prepareTown(world, requests, `chaos-${seed}`);
    const watcher = new Watcher(world);
    tools.onStep(`breaking things for ${durationMs / 60_000} minutes`);
    const broken = await breakThings({ world, town, requests, watcher }, options, tools);
    throwIfInterrupted(tools.signal);

    tools.onStep('waiting until nothing is on its way');
    const unrest = await untilNothing(() => unrestIn(world, watcher), QUIET_TIMEOUT_MS, tools.signal);
    throwIfInterrupted(tools.signal);
    const quietAfterMs = unrest.length === 0 ? Date.now() - broken.endedAt : undefined;
    tools.onStep('checking');
    const collected = await collectFindings({
      ...{ world, ledger, provoked: broken.provoked, overTeamId: town.overTeamId },
    });
    await writeFile(join(folder, 'evidence.json'), JSON.stringify(collected));
    return {
      ...{ seed, minutes: durationMs / 60_000, startedAt: startedAt.toISOString() },
      machine: machineText(postgresMajor),
      faults: countFaults(broken.injected, watcher.samples),
      writes: { ...requests.counts, ...collected.settled },
      events: countEvents(collected, broken),
      sagas: countSagas(collected),
      failedStarts: world.unaskedEnds.filter(({ wasReady }) => !wasReady).length,
      quietAfterMs,
      findings: [...stayedUp(world, unrest), ...collected.findings],
    };
  } finally {
    ledger.close();
    await world.stop();
  }
}

async function startServices(world: World, tools: RunTools): Promise<void> {
  for (const service of SERVICES) {
    await withDatabase(world.databaseUrl(service), async (client) =>
      installProbe(client, await readModelsIn(client)),
    );
  }
  tools.onStep('starting the services');
  world.startProcesses();
  const missing = await untilNothing(
    async () => [
      ...notListening(world),
      ...world.unusedLinks.map((link) => `nobody connected over ${link}`),
      ...(await notJoined(world)),
    ],
    START_TIMEOUT_MS,
    tools.signal,
  );
  throwIfInterrupted(tools.signal);
  if (missing.length === 0) return;
  const [end] = world.unaskedEnds;
  const words = end ? `; ${end.process} ended with ${end.status}:\n${end.lastLines.join('\n')}` : '';
  throw new ChaosError('PREPARATION_FAILED', `the platform did not start: ${missing.join(', ')}${words}`);
}

/** A listener that joins later would take over states in place of events. */
async function notJoined(world: World): Promise<string[]> {
  const missing = SERVICES.map(async (service) => {
    const url = world.databaseUrl(service);
    const joined = await withDatabase(url, (client) =>
      client.query(`SELECT FROM "inbox_subscriptions" WHERE "joined_at" IS NOT NULL`),
    );
    const isJoined = joined.rowCount === subscriptionsOf(service).length;
    return isJoined ? [] : [`${service} has not joined all that it subscribes to`];
  });
  return (await Promise.all(missing)).flat();
}

function notListening(world: World): string[] {
  return [...world.processes.values()]
    .filter(({ url }) => url === undefined)
    .map(({ plan }) => `${plan.name} does not listen`);
}

async function unrestIn(world: World, watcher: Watcher): Promise<string[]> {
  const missing = notListening(world);
  if (missing.length > 0) return missing;
  const sagas = await countUnfinishedSagas(world);
  return [...(sagas > 0 ? [`${sagas} saga(s) go on`] : []), ...(await watcher.unrest())];
}

function stayedUp(world: World, unrest: readonly string[]): Finding[] {
  return [
    ...world.unaskedEnds
      .filter(({ wasReady }) => wasReady)
      .map(({ process, at, status, lastLines }) => ({
        promise: 'stayed-up' as const,
        about: process,
        detail: `it ended by itself at ${at.toISOString()} with ${status}: ${lastLines.join(' / ')}`,
      })),
    ...unrest.map((detail) => ({
      promise: 'stayed-up' as const,
      about: 'the platform',
      detail: `not quiet ${QUIET_TIMEOUT_MS / 1_000} s after the last fault: ${detail}`,
    })),
  ];
}

function countEvents({ services }: Collected, { provoked }: Broken): ChaosReport['events'] {
  const sum = (count: (service: Collected['services'][number]) => number) =>
    services.reduce((total, service) => total + count(service), 0);
  return {
    written: sum(({ written }) => written.length),
    processed: sum(({ processed }) =>
      processed.reduce((total, { before, after }) => total + after - before, 0),
    ),
    redelivered: provoked.redeliveries,
    reordered: provoked.reordered,
    lostWithStore: provoked.eventsLostWithStore,
    deadLettersProvoked: provoked.messages.size,
    deadLetters: sum(({ deadLetters }) => deadLetters.length),
  };
}

/** By name and state. */
function countSagas({ sagas }: Collected): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { saga, state } of sagas) counts[`${saga}: ${state}`] = (counts[`${saga}: ${state}`] ?? 0) + 1;
  return counts;
}

function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted)
    throw new ChaosError('INTERRUPTED', 'the run was broken off, and all that it had started was ended');
}
