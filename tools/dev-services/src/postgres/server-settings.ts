import { join } from 'node:path';
import { DevServicesError } from '../errors';
import type { Home } from './home';
import { writeFileAtomically } from '../system/write-file-atomically';

/** Read by postgresql.conf; written by us before every start. */
export const settingsFileName = 'hockey-hub.conf';

/** Settings of every server here: reachable over loopback alone, without a socket file that others could open. */
const commonSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Names to values as in postgresql.conf: https://www.postgresql.org/docs/current/config-setting.html */
export type Settings = Readonly<Record<string, string>>;

export function writeSettings(home: Home, port: number, settings: Settings = {}): Promise<void> {
  const content = renderSettings({ ...commonSettings, ...settings, port: String(port) });
  return writeFileAtomically(join(home.dataDirectory, settingsFileName), content, 0o600, home.user);
}

/** @throws DevServicesError INVALID_OPTION for a name Postgres could not have or a value with a line break. */
export function renderSettings(settings: Settings): string {
  const lines = Object.entries(settings).map(([name, value]) => {
    if (!/^[a-z_][a-z0-9_.]*$/i.test(name) || /[\r\n]/.test(value)) {
      throw new DevServicesError(
        'INVALID_OPTION',
        `"${name}" = "${value}" is no setting of Postgres; check its spelling`,
      );
    }
    return `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  });
  return `# Written before every start; changes here are lost.\n${lines.join('\n')}\n`;
}
