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
import { RandomSource } from '@hockey-hub/seeded-random';
import { runFolder } from '../config';
import { Ledger } from '../ledger/ledger';
import type { ChaosOptions } from '../options';
import type { ChaosReport } from '../report/report';
import { Watcher } from '../watch/watcher';
import { World } from '../world/world';
import { Requests } from '../writers/requests';
import { awaitQuiet } from './await-quiet';
import { breakThings } from './break-things';
import { collectFindings } from './collect-findings';
import { makeReport } from './make-report';
import { prepareTown } from './prepare-town';
import { throwIfInterrupted, type RunTools } from './run-tools';
import { startPlatform } from './start-platform';

export interface ChaosRun {
  readonly report: ChaosReport;
  /** Where the ledger, the logs and the evidence are, when they were kept. */
  readonly kept?: string;
}

/** @throws ChaosError PREPARATION_FAILED, PORT_LOST, INTERRUPTED; DevServicesError when a server cannot be started */
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
  const { onStep, signal } = tools;
  const world = await World.start({ folder, postgresMajor, onProgress: onStep });
  const ledger = new Ledger(join(folder, 'ledger.jsonl'));
  try {
    await startPlatform(world, tools);
    const requests = new Requests(world, ledger, new RandomSource(seed), signal);
    const town = await prepareTown(world, requests, `chaos-${seed}`);
    const watcher = new Watcher(world);
    onStep(`breaking things for ${durationMs / 60_000} minutes`);
    const broken = await breakThings({ world, town, requests, watcher }, options, tools);
    throwIfInterrupted(signal);

    onStep('waiting until nothing is on its way');
    const unrest = await awaitQuiet(world, watcher, signal);
    const quietAt = Date.now();
    onStep('checking');
    const { provoked } = broken;
    const collected = await collectFindings({ world, ledger, provoked, overTeamId: town.overTeamId });
    await writeFile(join(folder, 'faults.json'), JSON.stringify(broken.injected, undefined, 2));
    await writeFile(join(folder, 'evidence.json'), JSON.stringify(collected));
    const { samples } = watcher;
    const { unaskedEnds } = world;
    return makeReport({
      ...{ options, startedAt, broken, samples, unaskedEnds, unrest, quietAt, collected },
      writes: requests.counts,
    });
  } finally {
    ledger.close();
    await world.stop();
  }
}
