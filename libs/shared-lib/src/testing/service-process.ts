import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const WORKSPACE_ROOT = join(__dirname, '../../../..');
/** Reads TypeScript without loading its compiler, and keeps what it has read for the next process. */
const READ_TYPESCRIPT = join(WORKSPACE_ROOT, 'tools/migrator/src/source/typescript-hook.js');

export type LogLine = Record<string, unknown>;

/** A service as a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly lines: readonly LogLine[];
  /** The first line with this message, once it is written; undefined when the process ends without it. */
  logged(message: string): Promise<LogLine | undefined>;
  /** Exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/**
 * Starts the service of this `main.ts` with nothing in its environment but these variables and what Node needs. The
 * caller kills it.
 */
export function startService(main: string, env: NodeJS.ProcessEnv): ServiceProcess {
  const child = spawn(process.execPath, ['--require', READ_TYPESCRIPT, main], {
    cwd: WORKSPACE_ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: LogLine[] = [];
  const waiting: (() => void)[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    lines.push(JSON.parse(line) as LogLine);
    for (const wake of waiting.splice(0)) wake();
  });
  let isOver = false;
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]).then(([[status, signal]]) => {
    isOver = true;
    for (const wake of waiting.splice(0)) wake();
    return (status ?? signal) as number | NodeJS.Signals | null;
  });
  const logged = async (message: string): Promise<LogLine | undefined> => {
    for (;;) {
      const line = lines.find(({ msg }) => String(msg).startsWith(message));
      if (line || isOver) return line;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { child, lines, logged, ended };
}
