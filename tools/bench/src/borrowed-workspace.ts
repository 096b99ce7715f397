/**
 * A throw-away Nx workspace. Owns its folder and nothing else: it runs what this workspace has installed, with this
 * workspace's Nx settings, so that only the services differ.
 */
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Copied as they stand: how Nx starts, and how the TypeORM CLI's transpiler reads TypeScript. */
const SHARED_FILES = ['.env', 'tsconfig.base.json'];

/** Runs `work` with the new workspace's folder, and removes the folder whatever happens. */
export async function withBorrowedWorkspace<T>(
  workspaceRoot: string,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hockey-hub-bench-')));
  try {
    for (const file of SHARED_FILES) await copyFile(join(workspaceRoot, file), join(root, file));
    await symlink(join(workspaceRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
    const nxJson = nxSettings(await readFile(join(workspaceRoot, 'nx.json'), 'utf8'));
    await writeFiles(root, {
      'package.json': JSON.stringify({ name: 'borrowed', private: true }),
      'nx.json': nxJson,
      '.gitignore': 'node_modules\n.nx\n',
    });
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Our own plugin is a file of this workspace there; from another workspace it is a file of an installed package. */
export function nxSettings(nxJson: string): string {
  return nxJson.replaceAll('"./tools/migrator/', '"@hockey-hub/migrator/');
}

/** @param files texts by path, relative to the folder */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
