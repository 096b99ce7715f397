import { access, constants } from 'node:fs/promises';
import { systemErrorCode } from '../errors';
import type { ServerUser } from '../system/user';
import { runProgram } from '../system/run-program';

/** Whether `user` (ourselves when undefined) can enter a directory. Tried rather than computed: modes are not all there is. */
export async function canEnter(directory: string, user: ServerUser | undefined): Promise<boolean> {
  if (user) return (await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], user)).succeeded;
  try {
    await access(directory, constants.X_OK);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EACCES' || systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
