import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERATE_CASES } from './cases';
import { withServiceCopy } from './service-copy';

const WORKSPACE_ROOT = join(__dirname, '../../../..');

it('has no migrations where everything is to be generated', async () => {
  await withServiceCopy(WORKSPACE_ROOT, GENERATE_CASES['initial-schema'], async (root) => {
    const source = join(root, 'apps/user-service/src');
    expect(await readdir(source)).not.toContain('migrations');
    expect(await readdir(join(source, 'entities'))).not.toContain('arena.ts');
  });
});

it('has the migrations, and an entity that the data source knows, where something is to be added', async () => {
  await withServiceCopy(WORKSPACE_ROOT, GENERATE_CASES['small-change'], async (root) => {
    const source = join(root, 'apps/user-service/src');
    const migrations = await readdir(join(WORKSPACE_ROOT, 'apps/user-service/src/migrations'));
    expect(await readdir(join(source, 'migrations'))).toEqual(migrations);
    expect(await readFile(join(source, 'data-source.ts'), 'utf8')).toContain('Arena]');
    expect(await readdir(join(source, 'entities'))).toContain('arena.ts');
  });
});
