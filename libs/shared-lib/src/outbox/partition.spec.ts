import { PARTITIONS, partitionOf } from './partition';

test('is the same for ever: rows with it are stored', () => {
  expect(['a', 'b', 'c', 'd'].map((id) => partitionOf('team', id))).toEqual([5, 3, 5, 11]);
});

test('spreads ids evenly', () => {
  const counts = new Map<number, number>();
  for (let id = 0; id < 16_000; id += 1) {
    const partition = partitionOf('team', String(id));
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: PARTITIONS }, (_, index) => index),
  );
  for (const count of counts.values()) expect(count).toBeGreaterThan(800);
});
