import { BatchSize } from './batch-size';

it('comes to the size that takes as long as is wanted', () => {
  const size = new BatchSize({ first: 10, least: 1, most: 1_000 });
  for (let batch = 0; batch < 20; batch++) size.adapt(size.current * 0.1, 10);
  expect(size.current).toBe(100);
});

it('is moved little by one slow batch, and stays in its bounds', () => {
  const size = new BatchSize({ first: 100, least: 20, most: 200 });
  size.adapt(10_000, 10);
  expect(size.current).toBe(50);
  for (let batch = 0; batch < 20; batch++) size.adapt(10_000, 10);
  expect(size.current).toBe(20);
  for (let batch = 0; batch < 20; batch++) size.adapt(0, 10);
  expect(size.current).toBe(200);
});
