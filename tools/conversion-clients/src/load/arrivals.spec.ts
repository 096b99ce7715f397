import { Arrivals } from './arrivals';
import { nowMs } from './clock';

const arrivalsUntil = async (
  count: number,
  perSecond: number,
  begin: (dueAtMs: number) => void = () => undefined,
) => {
  const dueAtMs: number[] = [];
  let arrived: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (arrived = resolve));
  const arrivals = new Arrivals(perSecond, (due) => {
    dueAtMs.push(due);
    begin(due);
    if (dueAtMs.length === count) arrived();
  });
  await all;
  await arrivals.stop();
  return { dueAtMs, arrivals };
};

it('begins requests in equal distances', async () => {
  const { dueAtMs } = await arrivalsUntil(20, 500);
  const distances = dueAtMs.slice(1).map((due, index) => due - dueAtMs[index]!);
  for (const distance of distances) expect(distance).toBeCloseTo(2, 1);
});

it('tells a request that begins late when it should have begun', async () => {
  const lateMs: number[] = [];
  await arrivalsUntil(5, 100, (due) => {
    lateMs.push(nowMs() - due);
    // Holds up the whole process, as a long computation would.
    for (const until = nowMs() + 25; nowMs() < until;);
  });
  expect(lateMs[1]).toBeGreaterThanOrEqual(14);
});

it('begins nothing more when it has stopped', async () => {
  const { dueAtMs, arrivals } = await arrivalsUntil(3, 1_000);
  const begun = dueAtMs.length;
  await arrivals.stop();
  expect(dueAtMs).toHaveLength(begun);
});
