/**
 * The command (bin/crash.js). Exit codes:
 *
 *     0  every promise was kept
 *     1  a promise was broken: the report says which
 *     2  the test could not be made: an option, a server that does not start
 *   130  it was broken off
 */
import { relative } from 'node:path';
import { DevServicesError } from '@hockey-hub/dev-services';
import { machineText, writeRecord } from '@hockey-hub/recorded-runs';
import { RESULTS_FOLDER, WORKSPACE_ROOT } from '../config';
import { CrashTestError } from './errors';
import { readOptions, type RawOptions } from './options';
import { crashReport } from './report/crash-report';
import { renderRecord, renderSummary } from './report/render';
import type { CarriedOutKill } from './run/carried-out-kill';
import { crashTest } from './run/crash-test';
import { KILL_KINDS } from './schedule/kills';

export const EXIT = { kept: 0, broken: 1, notMade: 2, interrupted: 130 } as const;

/** @returns the exit code */
export async function main({ json, ...raw }: RawOptions): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  const startedAt = performance.now();
  const tell = (message: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${message}\n`);
  };
  try {
    const options = readOptions(raw);
    tell(`seed ${options.seed}`);
    const onKill = (kill: CarriedOutKill) => tell(`  ${killText(kill)}`);
    const test = await crashTest(options, { onStep: tell, onKill }, stop.signal);
    const report = crashReport(test, options, machineText(options.postgresMajor));
    if (options.record) {
      const paths = await writeRecord(RESULTS_FOLDER, {
        [`crash-${report.seed}.md`]: renderRecord(report),
        [`crash-${report.seed}.json`]: JSON.stringify(report),
      });
      tell(`written: ${paths.map((path) => relative(WORKSPACE_ROOT, path)).join(', ')}`);
    }
    process.stdout.write(`${json === true ? JSON.stringify(report, undefined, 2) : renderSummary(report)}\n`);
    return report.findings.length === 0 ? EXIT.kept : EXIT.broken;
  } catch (error) {
    if (!(error instanceof CrashTestError || error instanceof DevServicesError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'INTERRUPTED' ? EXIT.interrupted : EXIT.notMade;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
  }
}

const killText = ({ phase, kind, where, outcome }: CarriedOutKill): string =>
  `${phase}: ${KILL_KINDS[kind]}, ${where}${outcome === 'killed' ? '' : ' (too late)'}`;
