import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { publishTo } from '../testing/nats-client';
import { startTemporaryNats } from './temporary-nats';

test('keeps its streams over a kill, unless they are lost, and leaves nothing behind', async () => {
  const server = await startTemporaryNats();
  const { url } = server;
  try {
    await publishTo('events', url);
    await server.kill();
    await expect(publishTo('events', url)).rejects.toThrow();
    await server.restart();
    expect(server.url).toBe(url);
    expect(await publishTo('events', url)).toBe(2);

    await server.kill();
    await server.loseStore();
    await server.restart();
    expect(await publishTo('events', url)).toBe(1);
  } finally {
    await server.stop();
    await server.stop();
  }
  await expect(access(dirname(server.storeDirectory))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('two at once have nothing in common', async () => {
  const [one, other] = await Promise.all([startTemporaryNats(), startTemporaryNats()]);
  try {
    expect(one.url).not.toBe(other.url);
    expect(await publishTo('events', one.url)).toBe(1);
    expect(await publishTo('events', other.url)).toBe(1);
  } finally {
    await Promise.all([one.stop(), other.stop()]);
  }
});
