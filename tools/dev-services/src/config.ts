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
 * The environment of every server and of its programs: as little as possible, so that no PGDATA, PGPORT or
 * locale of the developer's shell leaks into a server that everybody shares.
 */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH: PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot && { SystemRoot }) };
}

/** The same for the system's package manager, which may have to go through a proxy. */
export function packageManagerEnvironment(): NodeJS.ProcessEnv {
  const proxies = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...serverEnvironment(), ...Object.fromEntries(proxies) };
}
