import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { locateNats } from './locate-program';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locate-nats-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function program(name: string, mode = 0o755): Promise<string> {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, mode);
  return file;
}

test('takes the one on the PATH, the first that can be run', async () => {
  await program('first/nats-server', 0o644);
  const second = await program('second/nats-server');
  const PATH = [join(folder, 'none'), join(folder, 'first'), join(folder, 'second')].join(delimiter);
  expect(await locateNats(folder, () => undefined, { PATH })).toBe(second);
});

test('else the one that was unpacked', async () => {
  const unpacked = await program('nats-server/usr/sbin/nats-server');
  expect(await locateNats(folder, () => undefined, { PATH: join(folder, 'none') })).toBe(unpacked);
});

test('says how to install it where neither is and nothing can be fetched', async () => {
  const located = locateNats(join(folder, 'data'), () => undefined, { PATH: join(folder, 'none') });
  await expect(located).rejects.toMatchObject({
    code: 'NATS_NOT_INSTALLED',
    message: expect.stringMatching(/install it \(.+\), or set NATS_URL/),
  });
});
