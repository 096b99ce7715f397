import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentEnvironment, workspaceRoot } from '../../config';
import { pathExists } from '../../system/path-exists';
import { poll } from '../../system/poll';
import { runService } from './run-service';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hockey-hub-serve-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(source: string, env: NodeJS.ProcessEnv = {}, args: string[] = []): Promise<number> {
  const main = join(folder, 'main.ts');
  await writeFile(main, source);
  const variables = { ...currentEnvironment(), TS_NODE_PROJECT: 'tsconfig.base.json', ...env };
  return runService(main, workspaceRoot, variables, args);
}

test('runs TypeScript with the environment it is given, and tells its exit code', async () => {
  expect(
    await run(`const code: number = Number(process.env.CODE); process.exitCode = code;`, { CODE: '3' }),
  ).toBe(3);
});

test('hands on what a program is told, word by word', async () => {
  const wanted = JSON.stringify(['inspect', 'a b', '--json']);
  const source = `process.exitCode = JSON.stringify(process.argv.slice(2)) === ${JSON.stringify(wanted)} ? 0 : 1;`;
  expect(await run(source, {}, ['inspect', 'a b', '--json'])).toBe(0);
  expect(await run(source, {}, ['inspect'])).toBe(1);
});

test('hands on a signal and waits for the service to finish', async () => {
  const ready = join(folder, 'ready');
  const listeners = process.listenerCount('SIGTERM');
  const exitCode = run(`
    import { writeFileSync } from 'node:fs';
    const alive = setInterval(() => undefined, 1000);
    process.once('SIGTERM', () => { clearInterval(alive); process.exitCode = 7; });
    writeFileSync(${JSON.stringify(ready)}, '');
  `);
  expect(await poll(async () => (await pathExists(ready)) || undefined, 30_000)).toBe(true);
  process.emit('SIGTERM', 'SIGTERM');
  expect(await exitCode).toBe(7);
  expect(process.listenerCount('SIGTERM')).toBe(listeners);
});
