import { access, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { discoverServices } from '@hockey-hub/migrator/src/source/discover-services';
import { scanMigrations } from '@hockey-hub/migrator/src/source/scan-migrations';
import { SYNTHETIC_SERVICES } from './services';
import { nxSettings } from '../borrowed-workspace';
import { withSyntheticWorkspace } from './write-workspace';

const WORKSPACE_ROOT = join(__dirname, '../../../..');

it('is a workspace whose services and migrations the migrator finds', async () => {
  await withSyntheticWorkspace(WORKSPACE_ROOT, SYNTHETIC_SERVICES, async (root) => {
    const services = await discoverServices(root);
    expect(services.map(({ name }) => name).sort()).toEqual(
      SYNTHETIC_SERVICES.map(({ name }) => name).sort(),
    );
    expect(services.find(({ name }) => name === 'planning-service')?.dependsOn).toEqual([
      'calendar-service',
      'training-service',
    ]);
    expect(await scanMigrations(root, services[0]!)).toHaveLength(30);
  });
});

it('runs what this workspace has installed, with its Nx settings', async () => {
  await withSyntheticWorkspace(WORKSPACE_ROOT, [], async (root) => {
    expect(await realpath(join(root, 'node_modules'))).toBe(
      await realpath(join(WORKSPACE_ROOT, 'node_modules')),
    );
    expect(await readFile(join(root, '.env'), 'utf8')).toBe(
      await readFile(join(WORKSPACE_ROOT, '.env'), 'utf8'),
    );
    expect(await readFile(join(root, 'nx.json'), 'utf8')).toContain(
      '"@hockey-hub/migrator/bin/nx-plugin.js"',
    );
  });
});

it('takes its folder away, also when the work fails, and leaves what it links to', async () => {
  let folder = '';
  const failing = withSyntheticWorkspace(WORKSPACE_ROOT, [], async (root) => {
    folder = root;
    throw new Error('broken off');
  });
  await expect(failing).rejects.toThrow('broken off');
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(join(WORKSPACE_ROOT, 'node_modules'))).toContain('nx');
});

it('refers to the plugin as to an installed package and leaves the other plugins alone', () => {
  expect(nxSettings('{"plugins":["./tools/migrator/bin/nx-plugin.js",{"plugin":"@nx/jest/plugin"}]}')).toBe(
    '{"plugins":["@hockey-hub/migrator/bin/nx-plugin.js",{"plugin":"@nx/jest/plugin"}]}',
  );
});
