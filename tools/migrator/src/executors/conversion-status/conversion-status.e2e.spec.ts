/** What an operator sees of fills, and how they are steered; the fills themselves are tested where they are written. */
import type { IdConversion } from '../../conversion/declaration';
import { registerConversion } from '../../conversion/state/conversions';
import { ensureState } from '../../conversion/state/ensure-state';
import { openTask } from '../../conversion/state/tasks';
import { withConnection } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import { clubServices } from '../../testing/club-services';
import { createFixtureWorkspace, type FixtureWorkspace } from '../../testing/fixture-workspace';

const SERVICE = 'user-service';
const USERS: IdConversion = {
  ...{ name: 'users', service: SERVICE, owner: SERVICE },
  keys: [{ table: 'users', column: 'id' }],
  references: [],
};

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createFixtureWorkspace({ services: clubServices() });
  await workspace.cli(['migrate']);
});
afterAll(() => workspace.remove());

const inDatabase = <T>(work: (query: Query) => Promise<T>) =>
  withConnection(workspace.urlOf(SERVICE), SERVICE, (client) => work(queryOf(client)));

test('where no conversion has begun, it says so', async () => {
  expect(await workspace.cli(['conversion-status'])).toMatchObject({
    exitCode: 0,
    stdout: 'No id conversion has begun in these databases.\n',
  });
  expect(await workspace.cli(['conversion-pause', SERVICE, '--conversion', 'users'])).toMatchObject({
    exitCode: 1,
    stdout: 'No id conversion users has begun in these databases; `conversion-status` lists them.\n',
  });
});

test('fills are shown with their progress, paused, resumed with other settings, and shown again', async () => {
  await inDatabase(async (query) => {
    await ensureState(query);
    await registerConversion(query, USERS);
    const key = {
      conversion: 'users',
      kind: 'twins',
      table: 'users',
      columns: ['id_uuid'],
      source: 'numeric',
    } as const;
    const database = {
      service: SERVICE,
      query,
      transaction: <T>(work: (query: Query) => Promise<T>) => work(query),
      connect: unused,
    };
    const task = await openTask(database, key, async () => ({
      ...{ estimatedRows: 1_000, passes: 8 },
      ranges: [{ fromBlock: 0, toBlock: 10 }],
    }));
    await query(`UPDATE "id_conversion"."ranges" SET "done_rows" = 250 WHERE "task_id" = $1`, [task.id]);
    await query(
      `UPDATE "id_conversion"."tasks" SET "started_at" = clock_timestamp() - interval '10 seconds'`,
    );
    await query(
      `INSERT INTO "id_conversion"."lock_attempts" ("conversion", "what", "took_ms", "outcome")
       VALUES ('users', 'users: columns', 51.5, 'gave-way'), ('users', 'users: columns', 3, 'done')`,
    );
  });
  const { stdout } = await workspace.cli(['conversion-status', SERVICE]);
  expect(stdout).toMatch(
    /^user-service: users \(has the keys\), plain names hold numbers; 2 worker\(s\), batches of 10 ms$/m,
  );
  expect(stdout).toMatch(/^users +id_uuid +numbers +250 +1000 +\d+ +[\d.]+ m?s +running$/m);
  expect(stdout).toMatch(/^locks: 2 attempt\(s\), 1 gave way, the longest took 52 ms$/m);

  expect((await workspace.cli(['conversion-pause', SERVICE])).stdout).toBe(
    'user-service: users is paused.\n',
  );
  expect((await workspace.cli(['conversion-status', SERVICE])).stdout).toContain('PAUSED');

  const resumed = await workspace.cli([
    'conversion-resume',
    SERVICE,
    '--workers',
    '3',
    '--batch-ms',
    '25',
    '--json',
  ]);
  expect(JSON.parse(resumed.stdout)).toEqual({
    conversions: [{ service: SERVICE, conversion: 'users', isPaused: false, workers: 3, targetBatchMs: 25 }],
    failures: {},
  });
  const [status] = JSON.parse((await workspace.cli(['conversion-status', '--json'])).stdout).conversions;
  expect(status).toMatchObject({
    ...{
      service: SERVICE,
      name: 'users',
      isOwner: true,
      shape: 'numeric',
      isPaused: false,
      workers: 3,
      targetBatchMs: 25,
    },
    fills: [{ doneRows: 250, estimatedRows: 1_000, endedAt: null, rowsPerSecond: expect.any(Number) }],
    locks: { attempts: 2, gaveWay: 1, longestMs: 51.5 },
  });
});

const unused = () => Promise.reject(new Error('nothing here opens a second session'));
