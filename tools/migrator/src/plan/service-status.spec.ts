import { drawnService } from '../testing/drawn-state';
import { failedStatus, serviceStatus } from './service-status';

it('compares folder and ledger', () => {
  const { files, ledger } = drawnService('Late', '*A', '*-Gone', 'New');
  expect(serviceStatus(files, ledger)).toEqual({
    service: 'user',
    state: 'present',
    applied: 2,
    pending: ['Late1', 'New4'],
    drift: [
      { service: 'user', migration: 'Gone3', kind: 'missing-on-disk' },
      { service: 'user', migration: 'Late1', kind: 'out-of-order' },
    ],
  });
});

it('knows nothing of a service that could not be read but why', () => {
  const error = { code: 'CANNOT_CONNECT', message: 'user: no server' };
  expect(failedStatus('user', error)).toEqual({
    service: 'user',
    state: 'error',
    applied: 0,
    pending: [],
    drift: [],
    error,
  });
});
