import { Logger } from '@nestjs/common';
import { BackgroundLoop, type Round } from './background-loop';

let loop: BackgroundLoop | undefined;
beforeAll(() => Logger.overrideLogger(false));
afterEach(() => loop?.stop());

/** A loop that tells of each round, and does in it what the test says. */
function startLoop(rounds: (() => Promise<Round> | Round)[], idleMs = 60_000): () => Promise<number> {
  let count = 0;
  let told: (count: number) => void = () => undefined;
  const work = async (): Promise<Round> => {
    const round = rounds[count];
    count += 1;
    try {
      return (await round?.()) ?? 'idle';
    } finally {
      told(count);
    }
  };
  loop = new BackgroundLoop({ name: 'specimen', work, idleMs });
  const next = (): Promise<number> => new Promise((resolve) => (told = resolve));
  return next;
}

test('goes on at once while there is more, and rests when there is not', async () => {
  const next = startLoop([() => 'more', () => 'more']);
  loop!.start();
  for (const round of [1, 2, 3]) expect(await next()).toBe(round);
  const fourth = next();
  // It rests now, for a minute: only a wake-up makes it go on.
  loop!.wake();
  expect(await fourth).toBe(4);
});

test('a wake-up ends the rest', async () => {
  const next = startLoop([]);
  const first = next();
  loop!.start();
  expect(await first).toBe(1);
  const second = next();
  loop!.wake();
  expect(await second).toBe(2);
});

test('a wake-up during a round is not lost', async () => {
  const next = startLoop([() => (loop!.wake(), 'idle')]);
  loop!.start();
  expect(await next()).toBe(1);
  expect(await next()).toBe(2);
});

test('a round that fails is tried again', async () => {
  const next = startLoop([() => Promise.reject(new Error('not now'))]);
  loop!.start();
  expect(await next()).toBe(1);
  expect(await next()).toBe(2);
});

test('stops when its round is over, and starts no other one', async () => {
  let end!: () => void;
  let isOver = false;
  const next = startLoop([
    async () => {
      await new Promise<void>((resolve) => (end = resolve));
      isOver = true;
      return 'more' as const;
    },
  ]);
  void next();
  loop!.start();
  const stopped = loop!.stop();
  end();
  await stopped;
  expect(isOver).toBe(true);
});

test('one that never started stops as well', async () => {
  startLoop([]);
  await expect(loop!.stop()).resolves.toBeUndefined();
});
