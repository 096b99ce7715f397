import type { Plan, PlanStep, RunReport, StepReport } from '../model';
import { renderDrift, renderPlan, renderRun } from './render-run';

const step = (id: string, rest: Partial<StepReport> = {}): StepReport => {
  const [service = '', migration = ''] = id.split(':');
  return { id, service, migration, status: 'applied', durationMs: 40, retries: 0, ...rest };
};

const run = (rest: Partial<RunReport>): string =>
  renderRun({
    direction: 'up',
    dryRun: false,
    services: ['user-service', 'training-service'],
    steps: [],
    held: [],
    drift: [],
    backups: [],
    serviceErrors: {},
    durationMs: 1_250,
    ...rest,
  });

it('sums up what was applied, service by service', () => {
  const steps = [
    step('user-service:A'),
    step('user-service:B'),
    step('training-service:C', { durationMs: 1_100 }),
  ];
  expect(run({ steps })).toBe(
    [
      'service           applied  skipped  failed  time',
      'user-service      2        0        0       80 ms',
      'training-service  1        0        0       1.1 s',
      '3 migration(s) applied in 1.3 s.',
    ].join('\n'),
  );
});

it('speaks of reverting when that was done', () => {
  const steps = [step('user-service:A', { status: 'reverted' })];
  expect(run({ direction: 'down', services: ['user-service'], steps })).toBe(
    [
      'service       reverted  skipped  failed  time',
      'user-service  1         0        0       40 ms',
      '1 migration(s) reverted in 1.3 s.',
    ].join('\n'),
  );
});

it('says that there was nothing to do', () => {
  expect(run({ services: ['user-service'] })).toBe(
    [
      'service       applied  skipped  failed  time',
      'user-service  0        0        0       0 ms',
      'Nothing to apply: every database is up to date.',
    ].join('\n'),
  );
  expect(run({ direction: 'down', services: [] })).toMatch(/\nNothing to revert\.$/);
});

it('tells what failed and why, below the table, and which services are not in order', () => {
  const failure = { code: 'MIGRATION_FAILED', message: 'applying A to user-service failed: no such table' };
  const steps = [
    step('user-service:A', { status: 'failed', error: failure }),
    step('user-service:B', { status: 'skipped', durationMs: 0, error: { code: 'X', message: 'waits' } }),
    step('training-service:C', { status: 'skipped', durationMs: 0, error: { code: 'X', message: 'waits' } }),
  ];
  const serviceErrors = {
    'medical-service': { code: 'CANNOT_CONNECT', message: 'medical-service: no server' },
  };
  expect(run({ steps, serviceErrors })).toBe(
    [
      'service           applied  skipped  failed  time',
      'user-service      0        1        1       40 ms',
      'training-service  0        1        0       0 ms',
      'medical-service   0        0        yes     0 ms',
      '',
      'applying A to user-service failed: no such table',
      '',
      'medical-service: no server',
      '',
      'Failed: user-service, training-service, medical-service. What succeeded stays; run again when the cause is mended.',
    ].join('\n'),
  );
});

it('tells an error that several services share once', () => {
  const cycle = { code: 'DEPENDENCY_CYCLE', message: 'a -> b -> a' };
  const text = run({ services: [], serviceErrors: { a: cycle, b: cycle } });
  expect(text.split('a -> b -> a')).toHaveLength(2);
});

it('warns of each kind of drift in words of its own', () => {
  const kinds = ['edited-after-apply', 'missing-on-disk', 'applied-but-unknown', 'out-of-order'] as const;
  expect(renderDrift(kinds.map((kind) => ({ service: 'user-service', migration: 'A1', kind })))).toEqual([
    'Warning: user-service: A1 was changed after it was applied; put it back as it was, and write the change as a new migration.',
    'Warning: user-service: A1 is applied, but its file is gone; check out the code that has it, or it can never be reverted.',
    'Warning: user-service: A1 is recorded as applied, but neither is its file known nor did this migrator apply it; find out which tool or branch it came from.',
    'Warning: user-service: A1 is older than the newest applied migration; it is applied after it all the same.',
  ]);
});

const planned = (id: string, rest: Partial<PlanStep> = {}): PlanStep => {
  const [service = '', migration = ''] = id.split(':');
  return {
    id,
    service,
    migration,
    file: '',
    checksum: '',
    transaction: true,
    action: 'run',
    waitsFor: [],
    ...rest,
  };
};
const plan = (rest: Partial<Plan>): string =>
  renderPlan({ direction: 'up', services: [], steps: [], held: [], drift: [], ...rest });

it('shows a plan in order, with what each step waits for in other services and what is special about it', () => {
  const steps = [
    planned('user-service:Add1'),
    planned('training-service:Fill1', { waitsFor: ['user-service:Add1'], transaction: false }),
    planned('user-service:Switch2', {
      waitsFor: ['medical-service:X1', 'training-service:Fill1', 'user-service:Add1'],
      gate: 'switch',
      transaction: false,
    }),
  ];
  const drift = [{ service: 'user-service', migration: 'Old0', kind: 'out-of-order' }] as const;
  expect(plan({ steps, drift })).toBe(
    [
      'Would apply, in this order:',
      '   service           migration                               waits for',
      '1  user-service      Add1',
      '2  training-service  Fill1      no transaction               user-service:Add1',
      '3  user-service      Switch2    gate switch, no transaction  medical-service:X1',
      '                                                             training-service:Fill1',
      'Warning: user-service: Old0 is older than the newest applied migration; it is applied after it all the same.',
      'Dry run: nothing was changed.',
    ].join('\n'),
  );
});

it('shows the way back from each step, and which step has none', () => {
  const steps = [planned('user-service:Add1'), planned('user-service:Merge2', { action: 'record' })];
  const rollbacks = new Map([
    ['user-service:Add1', { statements: ['DROP TABLE a'] }],
    ['user-service:Merge2', { none: 'its down does nothing' }],
  ]);
  const lines = renderPlan({ direction: 'up', services: [], steps, held: [], drift: [] }, rollbacks).split(
    '\n',
  );
  expect(lines.slice(1, 4).map((line) => line.replace(/ +/g, ' '))).toEqual([
    ' service migration waits for rollback',
    '1 user-service Add1 migration-revert (1 statement)',
    '2 user-service Merge2 recorded only NONE: its down does nothing',
  ]);
});

const held = {
  id: 'user-service:Switch2',
  service: 'user-service',
  migration: 'Switch2',
  gate: 'switch',
  holds: ['user-service:Remove3'],
} as const;
const STOPPED = [
  'Stopped before user-service:Switch2 (gate switch), and with it user-service:Remove3.',
  '  First make sure that the backfill is complete and proven, and every running version of every service can read and write ' +
    'the new columns as well as the old ones.',
  '  Then go on with: --allow switch',
].join('\n');

it('says where a run stopped, what must be true first and how to go on', () => {
  expect(run({ held: [held] })).toContain(`Nothing to apply before the gates.\n\n${STOPPED}`);
  expect(plan({ held: [held] })).toBe(`Nothing to apply.\n\n${STOPPED}`);
});

it('says when a plan is empty', () => {
  expect(plan({})).toBe('Nothing to apply.');
  expect(plan({ direction: 'down' })).toBe('Nothing to revert.');
});
