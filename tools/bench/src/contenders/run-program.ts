/** One Node program, from its start to its end, with a stopwatch. */
import { inheritedEnvironment } from '@hockey-hub/child-processes';
import { execFile } from 'node:child_process';
import { BenchError } from '../errors';

const MAXIMUM_OUTPUT_BYTES = 64 * 1024 * 1024;
const SHOWN_OUTPUT_CHARACTERS = 4_000;

export interface Program {
  /** What Node is told: its own options, the file, the file's options. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the few variables every process needs; nothing else of our environment is passed on. */
  readonly env: Readonly<Record<string, string>>;
}

export interface EndedProgram {
  readonly wallMs: number;
  readonly stdout: string;
}

/** @throws BenchError CONTENDER_FAILED with the end of what the program printed */
export function runProgram({ args, cwd, env }: Program): Promise<EndedProgram> {
  const options = { cwd, env: { ...inheritedEnvironment(), ...env }, maxBuffer: MAXIMUM_OUTPUT_BYTES };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const wallMs = performance.now() - startedAt;
      if (!error) return resolve({ wallMs, stdout });
      const output = `${stdout}${stderr}`.slice(-SHOWN_OUTPUT_CHARACTERS).trim();
      reject(
        new BenchError('CONTENDER_FAILED', `node ${args.join(' ')} failed:\n${output}`, { cause: error }),
      );
    });
  });
}
