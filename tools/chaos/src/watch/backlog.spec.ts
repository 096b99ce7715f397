import { recoveryMs, type Sample } from './backlog';

const sample = (
  at: number,
  newest: number,
  oldestUnconfirmed?: number,
  service: Sample['service'] = 'user-service',
): Sample => ({
  ...{ service, at, newest, oldestUnconfirmed, unconfirmed: 0 },
});

test('is the time until all that was committed by then is confirmed, whatever came later', () => {
  const samples = [
    sample(0, 5, 2),
    sample(100, 8, 3),
    sample(200, 12, 8),
    sample(300, 20, 9),
    sample(400, 20),
  ];
  expect(recoveryMs(50, samples)).toBe(250);
  expect(recoveryMs(350, samples)).toBe(50);
});

test('is the slower service, and unknown while one has not recovered', () => {
  const samples = [sample(100, 1), sample(150, 7, 7, 'training-service')];
  expect(recoveryMs(100, samples)).toBeUndefined();
  expect(recoveryMs(100, [...samples, sample(900, 9, undefined, 'training-service')])).toBe(800);
  expect(recoveryMs(100, [])).toBeUndefined();
});
