import { RequestRecorder } from './request-log';

it('keeps what became of each request', () => {
  const recorder = new RequestRecorder();
  const request = { group: 'old', request: 'read user' };
  recorder.record({ ...request, dueAtMs: 1_000.25, latencyMs: 2.5 });
  recorder.record({
    ...request,
    dueAtMs: 1_001,
    latencyMs: 90,
    error: { code: '42883', message: 'no operator' },
  });
  recorder.record({ dueAtMs: 1_002, latencyMs: 1, group: 'new', request: 'create user' });
  recorder.record({ ...request, dueAtMs: 1_003, latencyMs: 1, error: { code: '42883', message: 'another' } });
  const log = recorder.toLog();
  expect([...log.dueAtMs]).toEqual([1_000.25, 1_001, 1_002, 1_003]);
  expect([...log.latencyMs]).toEqual([2.5, 90, 1, 1]);
  expect([...log.group].map((index) => log.groups[index])).toEqual(['old', 'old', 'new', 'old']);
  expect([...log.request].map((index) => log.requests[index])).toEqual([
    'read user',
    'read user',
    'create user',
    'read user',
  ]);
  expect([...log.outcome].map((index) => log.outcomes[index])).toEqual(['ok', '42883', 'ok', '42883']);
  expect(log.messages).toEqual({ '42883': 'read user: no operator' });
  expect([recorder.size, recorder.errors]).toEqual([4, 2]);
});
