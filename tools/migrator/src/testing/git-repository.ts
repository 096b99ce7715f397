/** A git repository in a folder, with an identity of its own: nobody's settings are read or written. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from './migrator-tests.config';

const runFile = promisify(execFile);

export interface GitRepository {
  /** @returns what git printed */
  run(...args: string[]): Promise<string>;
  /** Writes files, by path and text, and commits all there is. @returns the commit's id */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
}

export async function createGitRepository(folder: string): Promise<GitRepository> {
  const env = {
    ...inheritedEnvironment(),
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    ...{ GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.invalid' },
    ...{ GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.invalid' },
  };
  const run = async (...args: string[]) => (await runFile('git', args, { cwd: folder, env })).stdout.trim();
  await run('init', '--quiet', '--initial-branch', 'main');
  return {
    run,
    commit: async (files) => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await run('add', '--all');
      await run('commit', '--quiet', '--allow-empty', '--message', 'A commit');
      return run('rev-parse', 'HEAD');
    },
  };
}
