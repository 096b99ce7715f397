import { join, resolve } from 'node:path';

/** The folder that holds nx.json. Found from this file: a command may be started anywhere inside it. */
export const workspaceRoot = resolve(__dirname, '../../..');

/** Where development data lives unless a caller names another folder. */
export const defaultDataRoot = join(workspaceRoot, '.data');

/** The environment of this process, for the executors, which pass it on to what they start. */
export function currentEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/**
 * The environment of every Postgres program we run: as little as possible, so that no PGDATA, PGPORT or
 * locale of the developer's shell leaks into a server that everybody shares.
 */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH: PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot && { SystemRoot }) };
}
