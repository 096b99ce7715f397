/**
 * The short run of CI: every phase dies between two statements, and whatever else the seed wants. CRASH_SEED repeats a run; the long one is
 * `node tools/conversion-trials/bin/crash.js`.
 */
import { testPostgresMajor } from '@hockey-hub/dev-services/src/testing/test-database.config';
import { PHASES } from '../trial/phases';
import { seedOfCi, stallLimitOfCi } from './crash.config';
import { readOptions } from './options';
import { crashReport } from './report/crash-report';
import { renderSummary } from './report/render';
import { crashTest } from './run/crash-test';

test('a conversion that is killed in every phase keeps every promise', async () => {
  const options = readOptions({
    ...{ seed: seedOfCi(), 'stall-limit-ms': stallLimitOfCi(), postgres: String(testPostgresMajor()) },
    ...{ runs: '1', kills: '2', users: '100' },
  });
  console.log(`crash test: seed ${options.seed}; CRASH_SEED=${options.seed} has the same kills again`);
  const listener = { onStep: () => undefined, onKill: () => undefined };
  const test = await crashTest(options, listener, new AbortController().signal);
  const report = crashReport(test, options, 'this machine');
  if (report.findings.length > 0) {
    throw new Error(`CRASH_SEED=${options.seed} has the same kills again.\n${renderSummary(report)}`);
  }
  expect(report.killed).toBeGreaterThanOrEqual(PHASES.length);
  for (const phase of PHASES) expect(report.killedBy['fault-point'][phase]).toBeGreaterThan(0);
  expect(report.references.untouched).toBeGreaterThan(500);
  expect(report.references.written).toBeGreaterThan(50);
  expect(report.requests).toBeGreaterThan(500);
}, 600_000);
