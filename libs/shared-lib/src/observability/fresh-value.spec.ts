import { FreshValue } from './fresh-value';

function reader(settings: { keptMs?: number; timeoutMs?: number }) {
  const pending: { resolve(value: number): void; reject(error: Error): void }[] = [];
  const read = () => new Promise<number>((resolve, reject) => void pending.push({ resolve, reject }));
  return { pending, value: new FreshValue(read, { keptMs: 60_000, timeoutMs: 60_000, ...settings }) };
}

test('is read once for all who ask at the same time, and for those who ask soon after', async () => {
  const { pending, value } = reader({});
  const storm = Promise.all(Array.from({ length: 100 }, () => value.get()));
  pending[0]!.resolve(7);
  expect(new Set(await storm)).toEqual(new Set([7]));
  expect(await value.get()).toBe(7);
  expect(pending).toHaveLength(1);
});

test('is read again when it is old', async () => {
  const { pending, value } = reader({ keptMs: 0 });
  const first = value.get();
  pending[0]!.resolve(1);
  expect(await first).toBe(1);
  const second = value.get();
  pending[1]!.resolve(2);
  expect(await second).toBe(2);
});

test('a failure is kept like an answer', async () => {
  const { pending, value } = reader({});
  const first = value.get();
  pending[0]!.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect(value.get()).rejects.toThrow('away');
  expect(pending).toHaveLength(1);
});

test('nobody waits for long, and one that hangs is not asked by another', async () => {
  const { pending, value } = reader({ keptMs: 0, timeoutMs: 1 });
  await expect(value.get()).rejects.toThrow('no answer within 1 ms');
  await expect(value.get()).rejects.toThrow('no answer within 1 ms');
  expect(pending).toHaveLength(1);
  pending[0]!.resolve(1);
  await new Promise(setImmediate);
  const next = value.get();
  pending[1]!.resolve(2);
  expect(await next).toBe(2);
});

test('a reader that throws at once fails like one that rejects', async () => {
  const broken = () => {
    throw new TypeError('broken');
  };
  await expect(new FreshValue(broken, { keptMs: 0, timeoutMs: 1_000 }).get()).rejects.toThrow(TypeError);
});
