/**
 * The command, with Nx and without (bin/chaos.js). Exit codes:
 *
 *     0  every promise was kept
 *     1  a promise was broken: the report says which, and ledger, logs and evidence are kept
 *     2  the run could not be made: an option, a server that does not start
 *   130  it was broken off
 */
import { relative } from 'node:path';
import { DevServicesError } from '@hockey-hub/dev-services';
import { writeRecord } from '@hockey-hub/recorded-runs';
import { RESULTS_FOLDER, WORKSPACE_ROOT } from './config';
import { ChaosError } from './errors';
import { readOptions, type RawOptions } from './options';
import { liveProgress } from './report/live-progress';
import { renderForTerminal, renderMarkdown } from './report/render';
import { runChaos } from './run/run-chaos';

export const EXIT = { kept: 0, broken: 1, notMade: 2, interrupted: 130 } as const;

/** @returns the exit code */
export async function main({ json, ...raw }: RawOptions & { readonly json?: boolean }): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  const progress = liveProgress(process.stderr);
  try {
    const options = readOptions(raw);
    progress.step(`seed ${options.seed}`);
    const { report, kept } = await runChaos(options, {
      onStep: (message) => progress.step(message),
      onProgress: (state) => progress.show(state),
      signal: stop.signal,
    });
    if (options.record) {
      const paths = await writeRecord(RESULTS_FOLDER, {
        'chaos.md': renderMarkdown(report),
        'chaos.json': JSON.stringify(report),
      });
      progress.step(`written: ${paths.map((path) => relative(WORKSPACE_ROOT, path)).join(', ')}`);
    }
    const shownFolder = kept === undefined ? undefined : relative(WORKSPACE_ROOT, kept);
    process.stdout.write(
      `${json ? JSON.stringify(report, undefined, 2) : renderForTerminal(report, shownFolder)}\n`,
    );
    return report.findings.length === 0 ? EXIT.kept : EXIT.broken;
  } catch (error) {
    progress.end();
    if (!(error instanceof ChaosError || error instanceof DevServicesError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'INTERRUPTED' ? EXIT.interrupted : EXIT.notMade;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, onSignal);
  }
}
