/** The migrator's command line as a process of its own, for tests that look at it from outside. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ENTRY = join(__dirname, '../../bin/hockey-hub-migrator.js');

export interface CliResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  /** The script to run; the migrator's own command line unless another is named. */
  readonly entry?: string;
  /** Options of Node itself, before the script: `--require`, and a file that is loaded first. */
  readonly nodeArguments?: readonly string[];
  /** Told whatever the process prints, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The whole environment of the process: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunningCli {
  readonly pid: number | undefined;
  readonly exited: Promise<CliResult>;
  /** Resolves as soon as the process has printed it; rejects when it ends without. */
  printed(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export function startCli(args: readonly string[], options: CliOptions): RunningCli {
  const { cwd, env, entry = ENTRY, nodeArguments = [], onOutput = () => undefined } = options;
  const child = spawn(process.execPath, [...nodeArguments, entry, ...args], {
    ...{ cwd, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
  }
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    pid: child.pid,
    exited,
    kill: (signal) => void child.kill(signal),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout + stderr)) resolve();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(`ended without ${pattern}:\n${stdout}${stderr}`)));
        look();
      }),
  };
}
