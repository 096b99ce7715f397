import { startStopwatch } from './stopwatch';

test('stands still during a pause, also one that fails', async () => {
  let time = 100;
  const stopwatch = startStopwatch(() => time);
  time += 5;
  await stopwatch.pause(async () => (time += 1_000));
  time += 2;
  await expect(
    stopwatch.pause(async () => {
      time += 50;
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
  expect(stopwatch.now()).toBe(7);
});
