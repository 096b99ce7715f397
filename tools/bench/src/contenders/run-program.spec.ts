import { BenchError } from '../errors';
import { runProgram } from './run-program';

const run = (code: string, env = {}) => runProgram({ args: ['-e', code], cwd: __dirname, env });

it('tells what a program printed and how long it took', async () => {
  const { stdout, wallMs } = await run('setTimeout(() => console.log("done"), 50)');
  expect(stdout).toBe('done\n');
  expect(wallMs).toBeGreaterThanOrEqual(50);
});

it('passes on only what it is given, so that Nx takes a contender for a fresh command', async () => {
  const { stdout } = await run(
    'console.log(Object.keys(process.env).filter((name) => /^(NX_|JEST_|DATABASE_URL)/.test(name)).join())',
    { DATABASE_URL: 'x' },
  );
  expect(stdout).toBe('DATABASE_URL\n');
});

it('refuses a contender that fails, with what it said', async () => {
  const failed = run('console.error("no such table"); process.exitCode = 1');
  await expect(failed).rejects.toThrow(BenchError);
  await expect(failed).rejects.toMatchObject({
    code: 'CONTENDER_FAILED',
    message: expect.stringMatching(/failed:\nno such table$/),
  });
});
