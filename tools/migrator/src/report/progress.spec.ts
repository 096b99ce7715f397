import type { PlanStep, RunEvent, StepReport } from '../model';
import { progressLine } from './progress';

const step: PlanStep = {
  id: 'user-service:A1',
  service: 'user-service',
  migration: 'A1',
  file: '',
  checksum: '',
  transaction: true,
  action: 'run',
  waitsFor: [],
};
const report: StepReport = { ...step, status: 'applied', durationMs: 40, retries: 0 };

it.each<[RunEvent, string | undefined]>([
  [
    { type: 'run-started', plan: { direction: 'up', services: [], steps: [], held: [], drift: [] } },
    undefined,
  ],
  [{ type: 'service-ended', service: 'user-service' }, undefined],
  [{ type: 'step-started', step }, undefined],
  [
    { type: 'database-created', service: 'user-service', database: 'users' },
    'user-service: created the database users',
  ],
  [
    { type: 'backup-started', service: 'user-service', database: 'users', how: 'pg_dump 18.1' },
    'user-service: backing up users (pg_dump 18.1)',
  ],
  [
    { type: 'backup-waiting', service: 'user-service', who: 'process 7' },
    'user-service: its backup waits for process 7',
  ],
  [
    {
      type: 'backup-ended',
      service: 'user-service',
      backup: { service: 'user-service', id: 'ID', kind: 'pg_dump', bytes: 12_400_000, durationMs: 812 },
    },
    'backed up user-service: ID, 12 MB in 812 ms',
  ],
  [
    { type: 'backup-verified', service: 'user-service', id: 'ID' },
    'user-service: restored ID to a scratch database: counts and checksums agree',
  ],
  [
    { type: 'warning', service: 'user-service', message: 'user-service: look' },
    'Warning: user-service: look',
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

test.each([
  [{}, 'user-service: sessions.userId_uuid  ████████████░░░░░░░░░░░░  50 %  88,000 rows/s, 12.3 s left'],
  [
    { doneRows: 5_000_000, secondsLeft: null },
    'user-service: sessions.userId_uuid  ████████████████████████  99 %  88,000 rows/s',
  ],
  [
    { throttled: 'paused' },
    'user-service: sessions.userId_uuid  ████████████░░░░░░░░░░░░  50 %  waits: paused',
  ],
  [
    { doneRows: 1_010_000, hasEnded: true },
    'user-service: sessions.userId_uuid  ████████████████████████  100 %  1,010,000 rows',
  ],
])('a fill is shown as a bar: %j', (changes, line) => {
  const report = {
    ...{ fill: 'sessions.userId_uuid', doneRows: 500_000, estimatedRows: 1_000_000, rowsPerSecond: 88_000 },
    ...{ secondsLeft: 12.3, throttled: null, hasEnded: false },
    ...changes,
  };
  expect(progressLine({ type: 'fill-progress', service: 'user-service', report }, 'up')).toBe(line);
});
