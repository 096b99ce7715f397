import type { Drift, Ledger, ServiceStatus } from '../model';
import { renderStatus, statusExitCode } from './status-report';

const status = (rest: Partial<ServiceStatus> = {}): ServiceStatus => ({
  service: 'user-service',
  state: 'present',
  applied: 1,
  pending: [],
  drift: [],
  ...rest,
});
const drift = (kind: Drift['kind']): Drift[] => [{ service: 'user-service', migration: 'A1', kind }];
const failed = status({
  state: 'error',
  applied: 0,
  error: { code: 'CANNOT_CONNECT', message: 'user-service: no server' },
});

it.each<[string, ServiceStatus[], number]>([
  ['nothing', [], 0],
  ['what is up to date', [status()], 0],
  ['what is pending', [status(), status({ pending: ['B2'] })], 3],
  [
    'a missing database with migrations',
    [status({ state: 'missing-database', applied: 0, pending: ['A1'] })],
    3,
  ],
  ['an empty database with migrations', [status({ state: 'empty', applied: 0, pending: ['A1'] })], 3],
  ['what is pending out of order', [status({ pending: ['A1'], drift: drift('out-of-order') })], 3],
  ['an edited migration', [status({ drift: drift('edited-after-apply') })], 4],
  ['a missing file', [status({ drift: drift('missing-on-disk') })], 4],
  ['drift and pending', [status({ pending: ['B2'] }), status({ drift: drift('missing-on-disk') })], 4],
  ['an error', [failed], 1],
  ['a database that nobody accounts for', [status({ state: 'foreign', pending: ['A1'] })], 1],
  [
    'an error besides drift and pending',
    [status({ pending: ['B2'], drift: drift('missing-on-disk') }), failed],
    1,
  ],
])('exits for %s as documented', (_, statuses, exitCode) => {
  expect(statusExitCode(statuses)).toBe(exitCode);
});

it('shows every service, then what is wrong', () => {
  const states: [string, Ledger['state']][] = [
    ['a-missing', 'missing-database'],
    ['b-empty', 'empty'],
    ['c-foreign', 'foreign'],
  ];
  const text = renderStatus([
    ...states.map(([service, state]) => status({ service, state, applied: 0, pending: ['A1', 'B2'] })),
    status({ service: 'd-pending', pending: ['C3'] }),
    status({ service: 'e-drifted', pending: ['C3'], drift: drift('missing-on-disk') }),
    status({ service: 'f-fine', applied: 12 }),
    { ...failed, service: 'g-failed' },
  ]);
  expect(text).toBe(
    [
      'service    applied  pending  drift  state                  pending migrations',
      'a-missing  0        2        0      no database yet        A1',
      '                                                           B2',
      'b-empty    0        2        0      empty                  A1',
      '                                                           B2',
      'c-foreign  0        2        0      has tables, no ledger  A1',
      '                                                           B2',
      'd-pending  1        1        0      pending                C3',
      'e-drifted  1        1        1      drifted                C3',
      'f-fine     12       0        0      up to date',
      'g-failed   0        0        0      error',
      '',
      'user-service: no server',
      'Warning: user-service: A1 is applied, but its file is gone; check out the code that has it, or it can never be reverted.',
    ].join('\n'),
  );
});
