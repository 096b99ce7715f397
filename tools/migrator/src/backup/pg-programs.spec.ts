import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { BackupSettings } from './backup-settings';
import { findPgPrograms, programsFor } from './pg-programs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'hockey-hub-programs-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A folder with programs that say this of themselves. */
function install(
  name: string,
  version: string,
  { programs = ['pg_dump', 'pg_restore'], exit = 0 } = {},
): string {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const program of programs) {
    writeFileSync(
      join(folder, program),
      `#!/bin/sh\necho '${program} (PostgreSQL) ${version}'\nexit ${exit}\n`,
    );
    chmodSync(join(folder, program), 0o755);
  }
  return folder;
}

const settings = (rest: Partial<BackupSettings>): BackupSettings => ({
  folder: root,
  keep: 1,
  beforeChanges: true,
  environment: {},
  ...rest,
});

it('takes the nearest version that is not older than the server', async () => {
  const folders = [install('c', '18.1'), install('a', '14.9 (Debian 14.9-1)'), install('b', '16.4')];
  const found = await findPgPrograms(settings({ environment: { PATH: folders.join(delimiter) } }));
  expect(found.filter(({ folder }) => folder.startsWith(root)).map(({ version }) => version)).toEqual([
    '14.9',
    '16.4',
    '18.1',
  ]);
  const ours = found.filter(({ folder }) => folder.startsWith(root));
  expect([14, 15, 16, 18, 19].map((major) => programsFor(ours, major)?.version)).toEqual([
    '14.9',
    '16.4',
    '16.4',
    '18.1',
    undefined,
  ]);
});

it('looks nowhere else when a folder is named', async () => {
  const named = install('named', '17.2');
  const inPath = install('path', '18.1');
  const found = await findPgPrograms(settings({ programFolder: named, environment: { PATH: inPath } }));
  expect(found).toEqual([{ folder: named, version: '17.2', major: 17 }]);
});

it.each([
  ['is not there', () => join(root, 'nowhere')],
  ['has no pg_restore', () => install('half', '17.2', { programs: ['pg_dump'] })],
  ['has a pg_dump that does not run', () => install('broken', '17.2', { exit: 127 })],
  ['has something else of that name', () => install('other', 'of nobody knows what')],
])('finds nothing in a folder that %s', async (_, make) => {
  expect(await findPgPrograms(settings({ programFolder: make() }))).toEqual([]);
});
