import { access } from 'node:fs/promises';
import { systemErrorCode } from '../errors';

/** Whether something is there. Rejects when that cannot be told, for example in a directory closed to us. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
