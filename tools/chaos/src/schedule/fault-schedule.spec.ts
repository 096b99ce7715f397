import { FAULT_NAMES } from './fault-kinds';
import { planFaults, type ScheduleInput } from './fault-schedule';

const targets = {
  service: ['user-service-1', 'training-service-1'],
  relay: ['user-relay'],
  link: ['user-service-1>nats', '*>postgres'],
  database: ['user-service', 'training-service'],
};
const minutes = (count: number, seed = 1): ScheduleInput => ({ seed, durationMs: count * 60_000, targets });

test('plans the same faults for the same seed, and others for another', () => {
  expect(planFaults(minutes(5))).toEqual(planFaults(minutes(5)));
  expect(planFaults(minutes(5, 2))).not.toEqual(planFaults(minutes(5)));
});

test.each([1, 2, 3, 4, 5])('has at least 500 faults in 22 minutes, of every kind (seed %i)', (seed) => {
  const faults = planFaults(minutes(22, seed));
  expect(faults.length).toBeGreaterThanOrEqual(500);
  expect(new Set(faults.map(({ name }) => name))).toEqual(new Set(FAULT_NAMES));
});

test('has every kind before any comes twice', () => {
  const names = planFaults(minutes(2)).map(({ name }) => name);
  expect(new Set(names.slice(0, FAULT_NAMES.length)).size).toBe(FAULT_NAMES.length);
});

test('has faults that overlap, and calm in between', () => {
  const faults = planFaults(minutes(22));
  const overlapping = faults.filter(
    ({ atMs, lastsMs }, index) => (faults[index + 1]?.atMs ?? Infinity) < atMs + lastsMs,
  );
  expect(overlapping.length).toBeGreaterThan(faults.length / 4);
  const pauses = faults.map(({ atMs }, index) => atMs - (faults[index - 1]?.atMs ?? 0));
  expect(pauses.filter((pause) => pause >= 6_000).length).toBeGreaterThan(10);
});

test('aims only at what is there, and ends before the run does', () => {
  const faults = planFaults({ ...minutes(22), targets: { ...targets, relay: [] } });
  expect(faults.filter(({ name }) => name === 'kill-relay')).toEqual([]);
  expect(Math.max(...faults.map(({ atMs }) => atMs))).toBeLessThan(22 * 60_000);
  expect(faults.map(({ number }) => number)).toEqual(faults.map((_, index) => index + 1));
});
