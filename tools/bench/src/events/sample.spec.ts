import { sampleOf } from './sample';

it('counts the time until the last effect, not until the last write', () => {
  const latenciesUs = Array.from({ length: 200 }, (_, index) => (index + 1) * 1_000);
  const sample = sampleOf({ events: 200, startedAtUs: 5_000_000 }, { latenciesUs, lastAtUs: 9_000_000 });
  expect(sample).toEqual({
    ...{ events: 200, seconds: 4, eventsPerSecond: 50, p50Ms: 100, p99Ms: 198, maxMs: 200 },
  });
});
