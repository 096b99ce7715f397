/**
 * A disk without space, by the kernel's own word (ENOSPC): through /dev/full anywhere on Linux, and through a tablespace
 * of four megabytes where the tests may mount one.
 */
import { existsSync } from 'node:fs';
import type { TemporaryPostgres } from '@hockey-hub/dev-services';
import { withConnection } from '../pg/connect';
import { clubServices, createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { startOwnServer } from '../testing/own-server';
import { mountTinyDisk } from '../testing/tiny-disk';

const NO_SPACE = 'The server has no disk space left. Free some, then run again: it goes on from here.';
const FULL_DEVICE = '/dev/full';

let server: TemporaryPostgres;
let workspace: FixtureWorkspace;
beforeAll(async () => {
  server = await startOwnServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  workspace = await createFixtureWorkspace({ services: clubServices(), serverUrl: server.url });
});
afterEach(() => workspace.remove());

async function expectNoSpaceThenRecovery(): Promise<void> {
  const { exitCode, stdout, stderr } = await workspace.cli(['migrate']);

  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(stdout).toMatch(/^applying AddTeams1700000000004 to user-service failed: .* \(SQLSTATE 53100\)$/m);
  expect(stdout).toContain('file: apps/user-service/src/migrations/1700000000004-AddTeams.ts\n');
  expect(stdout).toContain(NO_SPACE);
  expect(await databaseFacts(workspace, 'user-service')).toEqual({
    rows: { users: ROWS },
    indexes: [],
    ledger: ['AddUsers1700000000001'],
    history: ['up AddUsers1700000000001'],
  });
  expect((await databaseFacts(workspace, 'training-service'))?.ledger).toEqual([]);
  expect((await databaseFacts(workspace, 'calendar-service'))?.rows).toEqual({ events: ROWS });

  await workspace.writeMigration('user-service', '1700000000004-AddTeams', createTable('teams'));
  expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
}

(existsSync(FULL_DEVICE) ? test : test.skip)('a statement that writes to a full device', async () => {
  await workspace.writeMigration('user-service', '1700000000004-AddTeams', {
    up: [...createTable('teams').up, `COPY (SELECT generate_series(1, 1000000)) TO '${FULL_DEVICE}'`],
  });
  await expectNoSpaceThenRecovery();
});

test('a table that outgrows its disk', async () => {
  const disk = mountTinyDisk(server.dataDirectory);
  // Not root, or a container that may not mount: the test above has the same error from the same kernel.
  if (!disk) return;
  try {
    await withConnection(server.url, 'test', async (client) => {
      await client.query(`CREATE TABLESPACE tiny LOCATION '${disk.path}'`);
    });
    await workspace.writeMigration('user-service', '1700000000004-AddTeams', {
      up: [
        'CREATE TABLE teams (id int) TABLESPACE tiny',
        'INSERT INTO teams SELECT generate_series(1, 1000000)',
      ],
    });
    await expectNoSpaceThenRecovery();
  } finally {
    await withConnection(server.url, 'test', async (client) => {
      await client.query('DROP TABLESPACE IF EXISTS tiny');
    });
    disk.remove();
  }
});
