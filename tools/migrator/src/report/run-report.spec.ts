import type { Plan, StepReport } from '../model';
import { errorsOf, exitCodeOf, notRun, runReport, succeeded, type RunFacts } from './run-report';

const plan: Plan = {
  direction: 'up',
  services: ['user', 'training'],
  steps: ['user:A', 'training:B'].map((id) => {
    const [service = '', migration = ''] = id.split(':');
    return { id, service, migration, file: '', checksum: '', transaction: true, action: 'run', waitsFor: [] };
  }),
  held: [],
  drift: [],
};

function report(facts: Partial<RunFacts>) {
  return runReport({
    plan,
    dryRun: false,
    steps: notRun(plan),
    serviceErrors: new Map(),
    durationMs: 5,
    ...facts,
  });
}

const ended = (status: StepReport['status'], ...messages: string[]): StepReport[] =>
  notRun(plan).map((step, index) =>
    index === 0
      ? {
          ...step,
          status,
          ...(messages[0] ? { error: { code: 'MIGRATION_FAILED', message: messages[0] } } : {}),
        }
      : { ...step, status: 'applied' },
  );

it('starts with every step not run, in the order of the plan', () => {
  expect(notRun(plan)).toEqual([
    { id: 'user:A', service: 'user', migration: 'A', status: 'not-run', durationMs: 0, retries: 0 },
    { id: 'training:B', service: 'training', migration: 'B', status: 'not-run', durationMs: 0, retries: 0 },
  ]);
});

it('is plain JSON', () => {
  const whole = report({
    serviceErrors: new Map([['medical', { code: 'CANNOT_CONNECT', message: 'down' }]]),
  });
  expect(JSON.parse(JSON.stringify(whole))).toEqual({
    direction: 'up',
    dryRun: false,
    services: ['user', 'training'],
    steps: notRun(plan),
    held: [],
    drift: [],
    backups: [],
    serviceErrors: { medical: { code: 'CANNOT_CONNECT', message: 'down' } },
    durationMs: 5,
  });
});

it.each([
  ['not-run', 0],
  ['applied', 0],
  ['reverted', 0],
  ['failed', 1],
  ['skipped', 1],
] as const)('exits for a step that is %s with %d', (status, exitCode) => {
  const whole = report({ steps: ended(status, 'why') });
  expect(exitCodeOf(whole)).toBe(exitCode);
  expect(succeeded(whole, 'user')).toBe(exitCode === 0);
  expect(succeeded(whole, 'training')).toBe(true);
});

it('exits with 1 for a service that did not even get into the plan', () => {
  const error = { code: 'CANNOT_CONNECT', message: 'medical: no server' };
  const whole = report({ steps: ended('applied'), serviceErrors: new Map([['medical', error]]) });
  expect(exitCodeOf(whole)).toBe(1);
  expect(succeeded(whole, 'medical')).toBe(false);
  expect(errorsOf(whole, 'medical')).toEqual(['medical: no server']);
});

it('tells why a step failed, but not why it was skipped: that is told where it failed', () => {
  expect(errorsOf(report({ steps: ended('failed', 'syntax error') }), 'user')).toEqual(['syntax error']);
  expect(errorsOf(report({ steps: ended('skipped', 'waits') }), 'user')).toEqual([]);
});
