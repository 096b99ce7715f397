import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a TypeScript entry file in a Node of its own and hands it the signals we get, so that it can finish its
 * requests. Resolves with its exit code, 128 + n when signal n ended it.
 */
export function runService(
  main: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<number> {
  return new Promise((done, fail) => {
    const node = ['--require', '@swc-node/register', main, ...args];
    const service = spawn(process.execPath, node, { cwd, env, stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => service.kill(signal);
    for (const signal of forwarded) process.on(signal, forward);
    const settle = () => {
      for (const signal of forwarded) process.off(signal, forward);
    };
    service.once('error', (error) => {
      settle();
      fail(error);
    });
    service.once('exit', (code, signal) => {
      settle();
      done(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
