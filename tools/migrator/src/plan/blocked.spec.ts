import type { ReportedError } from '../model';
import { drawnState } from '../testing/drawn-state';
import { withoutBlocked } from './blocked';

const FAULT: ReportedError = { code: 'CANNOT_CONNECT', message: 'no server' };
const blocked = (service: string, cause: string): [string, ReportedError] => [
  service,
  {
    code: 'PREREQUISITE_FAILED',
    message: `${service}: skipped, because it waits for ${cause}, which failed.`,
  },
];

it('leaves everything where nothing failed', () => {
  const state = drawnState({ user: ['A'], training: ['B'] }, { training: ['user'] });
  expect(withoutBlocked(state, new Map())).toEqual(state);
});

it('takes out what depends on a failed service as a project, at any distance', () => {
  const state = drawnState(
    { user: [], training: [], planning: [], medical: [] },
    { training: ['user'], planning: ['training'] },
  );
  const errors = new Map([['user', FAULT]]);
  expect([...withoutBlocked(state, errors).keys()]).toEqual(['medical']);
  expect(errors).toEqual(
    new Map([['user', FAULT], blocked('training', 'user'), blocked('planning', 'user')]),
  );
});

it('takes out what depends on a failed service through a migration', () => {
  const state = drawnState({ user: ['A: training:B'], training: ['B'], medical: [] });
  const errors = new Map([['training', FAULT]]);
  expect([...withoutBlocked(state, errors).keys()]).toEqual(['medical']);
  expect(errors.get('user')).toEqual(blocked('user', 'training')[1]);
});

it('counts a failed service that could not even be read', () => {
  const state = drawnState({ training: ['B'], medical: [] }, { training: ['user'] });
  const errors = new Map([['user', FAULT]]);
  expect([...withoutBlocked(state, errors).keys()]).toEqual(['medical']);
});

it('leaves what the failed service depends on', () => {
  const state = drawnState({ user: ['A'], training: ['B'] }, { training: ['user'] });
  expect([...withoutBlocked(state, new Map([['training', FAULT]])).keys()]).toEqual(['user']);
});

it('keeps the error of a service that failed by itself', () => {
  const state = drawnState({ user: [], training: [] }, { training: ['user'] });
  const errors = new Map([
    ['user', FAULT],
    ['training', { code: 'OTHER', message: 'its own' }],
  ]);
  withoutBlocked(state, errors);
  expect(errors.get('training')?.message).toBe('its own');
});
