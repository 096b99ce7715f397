import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '@hockey-hub/child-processes';
import { WORKSPACE_ROOT } from '../config';
import { ChaosError, wordsOf } from '../errors';

/**
 * Creates the databases of all services on this server, by the migrator.
 * @throws ChaosError PREPARATION_FAILED with the migrator's own words
 */
export async function migrateDatabases(databaseUrl: string): Promise<void> {
  const program = join(WORKSPACE_ROOT, 'tools/migrator/bin/hockey-hub-migrator.js');
  try {
    await promisify(execFile)(process.execPath, [program, 'migrate'], {
      cwd: WORKSPACE_ROOT,
      env: { ...inheritedEnvironment(), DATABASE_URL: databaseUrl },
    });
  } catch (error) {
    const said = error as { stdout?: string; stderr?: string };
    const words = [said.stdout, said.stderr].filter(Boolean).join('\n') || wordsOf(error);
    throw new ChaosError('PREPARATION_FAILED', `migrating the databases of the run failed:\n${words}`, {
      cause: error,
    });
  }
}
