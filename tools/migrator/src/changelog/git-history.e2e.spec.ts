import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitRepository, type GitRepository } from '../testing/git-repository';
import { readGitHistory } from './git-history';

const FILES = [':(glob)**/src/migrations/*'];
const file = (name: string, service = 'user-service') => `apps/${service}/src/migrations/${name}.ts`;

let folder: string;
let git: GitRepository;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'hockey-hub-git-')));
  git = await createGitRepository(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('knows the commits with their tags, and which of them added a file', async () => {
  const first = await git.commit({ [file('1-A')]: 'a', 'README.md': '' });
  await git.run('tag', 'v1.0.0');
  await git.run('tag', '--annotate', '--message', 'annotated', 'stable');
  const second = await git.commit({ [file('1-A')]: 'edited', [file('2-B')]: 'b' });
  const { commits, addedIn } = await readGitHistory(folder, FILES);
  expect(commits).toEqual([
    { id: second, parents: [first], tags: [] },
    { id: first, parents: [], tags: expect.arrayContaining(['v1.0.0', 'stable']) },
  ]);
  expect(Object.fromEntries(addedIn)).toEqual({ [file('1-A')]: first, [file('2-B')]: second });
});

it('follows a file that was moved, and a workspace that is a folder of its repository', async () => {
  const first = await git.commit({ [`inner/${file('1-A', 'users')}`]: 'some text that is long enough' });
  await git.run('mv', 'inner/apps/users', 'inner/apps/user-service');
  await git.commit({});
  const { addedIn } = await readGitHistory(join(folder, 'inner'), FILES);
  expect(addedIn.get(file('1-A'))).toBe(first);
});

it('knows the commit on the branch that was merged, and what a merge itself brought', async () => {
  await git.commit({ 'README.md': '' });
  await git.run('checkout', '--quiet', '-b', 'branch');
  const onBranch = await git.commit({ [file('1-A')]: 'a' });
  await git.run('checkout', '--quiet', 'main');
  await git.commit({ 'other.txt': '' });
  await git.run('merge', '--quiet', '--no-ff', '--no-commit', 'branch');
  const merge = await git.commit({ [file('2-B')]: 'b' });
  const { addedIn } = await readGitHistory(folder, FILES);
  expect(Object.fromEntries(addedIn)).toEqual({ [file('1-A')]: onBranch, [file('2-B')]: merge });
});

it('refuses a shallow clone, which takes the oldest commit it has for the one that added everything', async () => {
  await git.commit({ [file('1-A')]: 'a' });
  await git.commit({ [file('2-B')]: 'b' });
  await git.run('clone', '--quiet', '--depth', '1', `file://${folder}`, 'clone');
  await expect(readGitHistory(join(folder, 'clone'), FILES)).rejects.toMatchObject({
    code: 'NO_GIT_HISTORY',
    message: expect.stringContaining('`git fetch --unshallow --tags` completes it'),
  });
});

it('says that there is no repository, and that it has no commit', async () => {
  await expect(readGitHistory(folder, FILES)).rejects.toMatchObject({ code: 'NO_GIT_HISTORY' });
  await rm(join(folder, '.git'), { recursive: true });
  await expect(readGitHistory(folder, FILES)).rejects.toMatchObject({
    code: 'NO_GIT_HISTORY',
    message: expect.stringContaining('not a git repository'),
  });
});
