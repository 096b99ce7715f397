import { execFile } from 'node:child_process';
import { serverEnvironment } from '../config';
import type { ServerUser } from './user';

export interface ProgramResult {
  readonly succeeded: boolean;
  /** Both output streams, or the reason why the program could not be started at all. */
  readonly output: string;
}

export interface ProgramSurroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end as `user` (ourselves when undefined). Never rejects: a failure is a result. */
export function runProgram(
  file: string,
  args: readonly string[],
  user?: ServerUser,
  surroundings?: ProgramSurroundings,
): Promise<ProgramResult> {
  // The working directory is the root: ours may be closed to the other user, and Postgres insists on knowing its own.
  const { cwd, env } = surroundings ?? { cwd: '/', env: serverEnvironment() };
  const options = { cwd, env, uid: user?.uid, gid: user?.gid, windowsHide: true };
  return new Promise<ProgramResult>((done) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      const printed = `${stdout}${stderr}`.trim();
      done({ succeeded: error === null, output: printed || (error?.message ?? '') });
    });
  }).catch((error: unknown) => {
    // Node throws where the system refuses the other user, instead of calling back as for a missing file.
    return { succeeded: false, output: String(error) };
  });
}
