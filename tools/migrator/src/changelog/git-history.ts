/**
 * As much of git's history as tells in which release a file came: three calls, however many files there are.
 * Reads only.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MigratorError } from '../errors';

const run = promisify(execFile);
const MAXIMUM_OUTPUT_BYTES = 256 * 1024 * 1024;

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Names of the tags on it. */
  readonly tags: readonly string[];
}

export interface GitHistory {
  /** What HEAD has behind it, newest first: no commit before those that came after it. */
  readonly commits: readonly Commit[];
  /** The commit that added a file, also under an earlier name, by its path now, relative to the workspace. */
  readonly addedIn: ReadonlyMap<string, string>;
}

/**
 * @param files as pathspecs; all files whose history matters, also under earlier names
 * @throws MigratorError NO_GIT_HISTORY: no git, no repository, no commit, or a shallow clone
 */
export async function readGitHistory(workspaceRoot: string, files: readonly string[]): Promise<GitHistory> {
  const git = (...args: string[]) => runGit(workspaceRoot, args);
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.trim() === 'true') {
    throw noHistory(
      'this is a shallow clone, which does not know when its files came. `git fetch --unshallow --tags` completes it ' +
        '(on GitHub: fetch-depth: 0)',
    );
  }
  const [commits, additions] = await Promise.all([
    git(
      'log',
      '--topo-order',
      '--decorate=full',
      '--decorate-refs=refs/tags/',
      '--format=%H%x09%P%x09%D',
      'HEAD',
    ),
    git(
      ...['-c', 'core.quotePath=false', 'log', '--reverse', '--topo-order', '--format=commit %H'],
      // A merge tells what it brought to its first parent; what another commit told before it counts first.
      ...['--name-status', '--diff-filter=AR', '--find-renames', '--diff-merges=first-parent', '--relative'],
      ...['HEAD', '--', ...files],
    ),
  ]);
  return { commits: lines(commits).map(parseCommit), addedIn: parseAdditions(lines(additions)) };
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

function parseCommit(line: string): Commit {
  const [id = '', parents = '', refs = ''] = line.split('\t');
  const tags = refs.split(', ').flatMap((ref) => /^tag: refs\/tags\/(.+)$/.exec(ref)?.[1] ?? []);
  return { id, parents: parents.split(' ').filter(Boolean), tags };
}

/** Oldest first: `commit <id>`, then `A<tab>path` and `R<score><tab>from<tab>to` of that commit. */
function parseAdditions(oldestFirst: readonly string[]): Map<string, string> {
  const addedIn = new Map<string, string>();
  let commit = '';
  for (const line of oldestFirst) {
    const [status = '', from = '', to] = line.split('\t');
    if (status.startsWith('commit ')) commit = status.slice('commit '.length);
    else {
      const path = to ?? from;
      if (!addedIn.has(path)) addedIn.set(path, addedIn.get(from) ?? commit);
    }
  }
  return addedIn;
}

async function runGit(cwd: string, args: readonly string[]): Promise<string> {
  try {
    return (await run('git', args, { cwd, maxBuffer: MAXIMUM_OUTPUT_BYTES })).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw noHistory('git is not installed, or not on PATH', error);
    throw noHistory(`\`git ${args[0]}\` failed here: ${stderr.trim() || String(error)}`, error);
  }
}

function noHistory(problem: string, cause?: unknown): MigratorError {
  return new MigratorError(
    'NO_GIT_HISTORY',
    `the release of a migration is read from git's tags, and ${problem}. ` +
      'Run this in a whole clone of the repository, with its tags; `--check` does without.',
    { cause },
  );
}
