import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isServerOf, processIdentity } from './process-identity';

test('a process keeps its identity, and another one has another', async () => {
  const mine = processIdentity(process.pid);
  expect(mine).toBeDefined();
  expect(processIdentity(process.pid)).toBe(mine);
  // The first process of the system started long before us; only Linux lets us see when.
  if (process.platform === 'linux') expect(processIdentity(1)).not.toBe(mine);
});

test('a process that has ended has none', async () => {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  expect(processIdentity(child.pid ?? 0)).toBeUndefined();
});

test('no other program passes for a postmaster', async () => {
  expect(await isServerOf(process.pid, '/srv/data')).toBe(false);
});
