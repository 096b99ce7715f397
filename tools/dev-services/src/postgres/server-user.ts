import { stat } from 'node:fs/promises';
import { DevServicesError, systemErrorCode } from '../errors';
import { runProgram } from '../system/run-program';
import type { ServerUser } from '../system/user';

/** The user we create where root finds no `postgres` user: containers mostly. */
const createdUser = 'hockey_hub';

/**
 * The user a new server runs as. Postgres refuses to run as root, so root lends it `postgres`, else a system
 * user made for it, else `nobody`. Everybody else runs it as themselves: undefined.
 * @throws DevServicesError NO_USER_TO_RUN_AS
 */
export async function chooseServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user =
    (await findUser('postgres')) ??
    (await findUser(createdUser)) ??
    (await createUser()) ??
    (await findUser('nobody'));
  // Containers can be set up so that root may become nobody else.
  if (user && (await canBecome(user))) return user;
  throw new DevServicesError(
    'NO_USER_TO_RUN_AS',
    'Postgres does not run as root, and this system has no user "postgres" or "nobody" that root may become, and none could be made; run as an ordinary user, or set DATABASE_URL to a server of your own',
  );
}

/** The user that an existing directory's server runs as: its owner. Undefined when that is us, or on no such directory. */
export async function ownerToRunAs(directory: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(directory).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : undefined;
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  const [uid, gid] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])]);
  return uid.succeeded && gid.succeeded ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

async function canBecome(user: ServerUser): Promise<boolean> {
  return (await runProgram('/bin/sh', ['-c', ':'], user)).succeeded;
}

/** Undefined where users cannot be made (a read-only system, no useradd): the next choice is tried. */
async function createUser(): Promise<ServerUser | undefined> {
  await runProgram('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
    createdUser,
  ]);
  // Asked again rather than trusted: another command may have made it in the same moment.
  return findUser(createdUser);
}
