/**
 * The short run of CI: every kind of fault, from a seed that is new each time. CHAOS_SEED repeats one. The long run is
 * `nx run shared-lib:chaos`.
 */
import { relative } from 'node:path';
import { testPostgresMajor } from '@hockey-hub/dev-services/src/testing/test-database.config';
import { seedOfCi, WORKSPACE_ROOT } from './config';
import { readOptions } from './options';
import { faultTotal } from './report/report';
import { renderForTerminal } from './report/render';
import { runChaos } from './run/run-chaos';

const DURATION_MS = 24_000;
/** Every kind within that time. */
const PAUSE_MS = 950;

test('keeps every promise while everything breaks', async () => {
  const { seed, postgresMajor } = readOptions({ seed: seedOfCi(), postgres: testPostgresMajor() });
  console.log(`chaos: seed ${seed}; CHAOS_SEED=${seed} has the same faults again`);
  const { report, kept } = await runChaos(
    { seed, postgresMajor, durationMs: DURATION_MS, pauseMs: PAUSE_MS, record: false, keep: false },
    { onStep: () => undefined, onProgress: () => undefined, signal: new AbortController().signal },
  );
  const told = renderForTerminal(report, kept && relative(WORKSPACE_ROOT, kept));
  if (report.findings.length > 0) throw new Error(`CHAOS_SEED=${seed} has the same faults again.\n${told}`);
  expect(faultTotal(report)).toBeGreaterThanOrEqual(12);
  expect(report.writes.done).toBeGreaterThan(10);
  expect(report.events.processed).toBeGreaterThan(10);
}, 240_000);
