import type { RehearsalReport, RehearsedStep } from '../model';
import { longestLocks, renderRehearsal } from './render-rehearsal';

const step = (migration: string, rest: Partial<RehearsedStep> = {}): RehearsedStep => ({
  id: `user-service:${migration}`,
  service: 'user-service',
  migration,
  durationMs: 40,
  locks: [],
  rewritten: [],
  walBytes: 0,
  diskBytes: 0,
  ...rest,
});
const lock = (table: string, heldMs: number) => ({ table, heldMs, mode: 'ShareLock', blocks: 'writes' });
const report = (rest: Partial<RehearsalReport>): RehearsalReport => ({
  fingerprint: 'abcdef0123456789',
  rehearsedAt: '2026-11-22T12:00:00.000Z',
  rehearsedBy: 'anna@host',
  sources: { 'user-service': 'the backup ID' },
  steps: [],
  rowChanges: [],
  current: true,
  ...rest,
});
const lines = (rest: Partial<RehearsalReport>) =>
  renderRehearsal(report(rest))
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));

it('says what each step costs, who waits and how long, and which rows came and went', () => {
  const steps = [
    step('A1', {
      locks: [lock('users', 5), lock('teams', 30)],
      rewritten: ['teams'],
      walBytes: 2_000,
      diskBytes: -100,
    }),
    step('B2', { durationMs: 1_960, locks: [lock('users', 12)], diskBytes: 7_600_000 }),
  ];
  expect(
    lines({ steps, rowChanges: [{ service: 'user-service', table: 'teams', before: 3, after: null }] }),
  ).toEqual([
    'user-service: rehearsed on the backup ID',
    '',
    'service migration time blocks longest rewrites disk WAL',
    'user-service A1 40 ms teams 30 ms teams 0 B 2.0 kB',
    'user-service B2 2.0 s users 12 ms 7.6 MB 0 B',
    '',
    'Whoever uses these tables waits at most this long:',
    'service table waits who lock',
    'user-service teams 30 ms writes ShareLock',
    'user-service users 12 ms writes ShareLock',
    '',
    'Rows:',
    'service table before after',
    'user-service teams 3 no table',
    '',
    '2 migration(s) in 2.0 s, 7.6 MB more on disk, 2.0 kB of WAL. Nothing was changed in the real databases.',
    'Rehearsed: abcdef012345',
  ]);
});

it('says so when nobody waits and no row changed, and when the plan is old', () => {
  const text = lines({ steps: [step('A1')], current: false });
  expect(text).toContain('No table would keep its readers or writers waiting.');
  expect(text).toContain('No table has more or fewer rows than before.');
  expect(text.at(-1)).toMatch(/^Warning: .* Rehearse again with --fresh\.$/);
});

it('keeps tables of the same name in two services apart', () => {
  const steps = [
    step('A', { locks: [lock('users', 1)] }),
    step('B', { service: 'training-service', locks: [lock('users', 2)] }),
  ];
  expect(longestLocks(steps).map(({ service, heldMs }) => [service, heldMs])).toEqual([
    ['training-service', 2],
    ['user-service', 1],
  ]);
});
