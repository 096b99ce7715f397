import type { PlanStep, RunEvent, StepReport } from '../model';
import { progressLine } from './progress';

const step: PlanStep = {
  id: 'user-service:A1',
  service: 'user-service',
  migration: 'A1',
  file: '',
  checksum: '',
  transaction: true,
  waitsFor: [],
};
const report: StepReport = { ...step, status: 'applied', durationMs: 40, retries: 0 };

it.each<[RunEvent, string | undefined]>([
  [{ type: 'run-started', plan: { direction: 'up', services: [], steps: [], drift: [] } }, undefined],
  [{ type: 'service-ended', service: 'user-service' }, undefined],
  [{ type: 'step-started', step }, undefined],
  [
    { type: 'database-created', service: 'user-service', database: 'users' },
    'user-service: created the database users',
  ],
  [
    { type: 'waiting-for-lock', service: 'user-service', holder: 'process 7' },
    'user-service: another migrator is at work (process 7); waiting until it ends',
  ],
  [
    { type: 'step-started', step: { ...step, transaction: false } },
    'user-service: A1 runs outside a transaction',
  ],
  [
    { type: 'step-retried', step, attempt: 2, reason: 'lock timeout', pauseMs: 400 },
    'user-service: A1 gave way (attempt 2: lock timeout); again in 400 ms',
  ],
  [{ type: 'step-ended', report }, 'user-service: A1 applied in 40 ms'],
  [
    { type: 'step-ended', report: { ...report, status: 'failed', error: { code: 'X', message: 'why' } } },
    'user-service: A1 FAILED after 40 ms',
  ],
  [
    {
      type: 'step-ended',
      report: { ...report, status: 'skipped', error: { code: 'X', message: 'waits for B' } },
    },
    'user-service: A1 skipped: waits for B',
  ],
])('says of %j: %s', (event, line) => {
  expect(progressLine(event, 'up')).toBe(line);
});

it('speaks of reverting when that is done', () => {
  const event: RunEvent = { type: 'step-ended', report: { ...report, status: 'reverted' } };
  expect(progressLine(event, 'down')).toBe('user-service: A1 reverted in 40 ms');
});
