import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Catalog } from '../catalog/catalog';
import { readCatalog } from '../catalog/read-catalog';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay } from '../scratch/replay';
import { settle } from '../scratch/settle-expressions';
import { loadMigration } from '../source/load-migration';
import { scanMigrations } from '../source/scan-migrations';
import { NO_DECISIONS } from './decisions';
import { renderMigration } from './migration-file';
import { planChange, planRollback } from './plan-change';

const WORKSPACE = join(__dirname, '../../../..');
const EMPTY: Catalog = { tables: {}, enums: {}, sequences: {}, views: {} };

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

it.each(['user-service', 'training-service'])(
  'the first migration of the %s is written, to the byte, as it was when it was committed',
  async (name) => {
    const service = { name, root: `apps/${name}`, dependsOn: [] };
    const files = await scanMigrations(WORKSPACE, service);
    const initial = loadMigration(files.find((file) => file.name.startsWith('InitialSchema'))!);
    await replay(database.url, name, [initial]);
    const schema = await withConnection(database.url, name, async (client) => {
      await settle(queryOf(client));
      return readCatalog(queryOf(client));
    });

    const { immediate, gradual } = planChange(EMPTY, schema, NO_DECISIONS);
    expect(gradual).toEqual([]);
    const down = planRollback(schema, EMPTY, NO_DECISIONS, 'one transaction');
    const { timestamp } = initial;
    const committed = await readFile(join(WORKSPACE, initial.file), 'utf8');
    expect(renderMigration({ name: 'InitialSchema', timestamp, up: immediate, down })).toBe(
      withoutRoad(committed),
    );
  },
);

/** Without what was written into it since: of which road it is the end. */
const withoutRoad = (text: string) =>
  text
    .replace(/^\/\*\* Also where the road .*\n/m, '')
    .replace(/^ {2}static replaces = \[[^\]]*\];\n\n/m, '');
