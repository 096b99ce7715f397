import { nowUs } from './clock';
import { EffectLog } from './effect-log';

it('answers when there were so many, and tells of those since it was asked before', async () => {
  const log = new EffectLog();
  log.committed(nowUs() - 7_000);
  const first = await log.until(1);
  expect(first.latenciesUs).toHaveLength(1);
  expect(first.latenciesUs[0]).toBeGreaterThanOrEqual(7_000);

  let isAnswered = false;
  const second = log.until(3).then((effects) => {
    isAnswered = true;
    return effects;
  });
  log.committed(nowUs());
  await Promise.resolve();
  expect(isAnswered).toBe(false);
  log.committed(nowUs());
  const { latenciesUs, lastAtUs } = await second;
  expect(latenciesUs).toHaveLength(2);
  expect(lastAtUs).toBeGreaterThanOrEqual(first.lastAtUs);
});
