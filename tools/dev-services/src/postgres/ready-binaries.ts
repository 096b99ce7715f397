import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DevServicesError } from '../errors';
import { copyTree } from './copy-tree';
import { linkLibraries } from './link-libraries';
import { binariesIn, type Binaries } from './locate-binaries';
import type { ServerUser } from '../system/user';
import { pathExists } from '../system/path-exists';
import { runProgram } from '../system/run-program';
import { makeTraversable, sharedDirectory } from './shared-directory';
import { withLock } from '../system/with-lock';

/**
 * The installed programs where `user` can run them: in node_modules, else copied to the shared directory.
 * @throws DevServicesError BINARIES_DO_NOT_RUN
 */
export async function readyBinaries(
  installed: Binaries,
  dataRoot: string,
  user: ServerUser | undefined,
): Promise<Binaries> {
  const linked = await linkLibraries(installed.directory);
  if (linked && (await run(installed, user)).succeeded) return installed;

  const copied = await copyOutside(installed, await sharedDirectory(dataRoot, user));
  const attempt = await run(copied, user);
  if (attempt.succeeded) return copied;
  throw new DevServicesError(
    'BINARIES_DO_NOT_RUN',
    `Postgres ${installed.major} from npm does not run on this system: ${attempt.output}\nIt needs glibc (Alpine has another C library) and a folder for temporary files that may hold programs. Otherwise set DATABASE_URL to a server of your own`,
  );
}

function run(binaries: Binaries, user: ServerUser | undefined) {
  return runProgram(binaries.postgres, ['--version'], user);
}

/** Appears under its name only when complete; what a killed copy left behind is removed. */
async function copyOutside(installed: Binaries, outside: string): Promise<Binaries> {
  // The folder's own name is kept below: the list of links in it counts from there.
  const target = join(outside, `binaries-${installed.version}`);
  const native = join(target, basename(installed.directory));
  await withLock(outside, async () => {
    if (await pathExists(target)) return;
    const partial = `${target}.partial-`;
    for (const name of await readdir(outside)) {
      if (join(outside, name).startsWith(partial))
        await rm(join(outside, name), { recursive: true, force: true });
    }
    const copy = partial + randomBytes(4).toString('hex');
    await makeTraversable(copy);
    await copyTree(installed.directory, join(copy, basename(installed.directory)));
    await linkLibraries(join(copy, basename(installed.directory)));
    await rename(copy, target);
  });
  return binariesIn(native, installed.major, installed.version);
}
