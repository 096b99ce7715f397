import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { Client } from 'pg';
import type { ConvertContender } from './contenders/contender';
import { floor } from './contenders/floor';
import { naive } from './contenders/naive';
import { plainScript } from './contenders/plain-script';
import { ClubDatabases, type SeededPair } from './databases/club-databases';
import { measureRun } from './measure-run';

const USERS = 400;
const admin = new Client({ connectionString: testDatabaseUrl() });
const databases = new ClubDatabases(admin, testDatabaseUrl());
let pair: SeededPair;

beforeAll(async () => {
  await admin.connect();
  pair = await databases.seed(USERS);
});
afterAll(async () => {
  await databases.dropAll();
  await admin.end();
});

const measure = (contender: ConvertContender) =>
  measureRun(contender, {
    admin,
    databases,
    pair,
    load: { perSecond: 200, settleSeconds: 0.2, idleSeconds: 0.5 },
  });

let shape: ReadonlySet<string>;

it('converts by new tables, with nobody there', async () => {
  const { sample, seen, ...run } = await measure(floor);
  expect(seen.log).toBeUndefined();
  expect(sample.requests).toBeUndefined();
  expect(sample.rowsPerSecond).toBeGreaterThan(0);
  expect(sample.walBytesPerRow).toBeGreaterThan(100);
  shape = run.shape;
  expect(shape).toContain('user: column sessions.userId uuid required');
  expect(shape).toContain('training: column workout_sessions.playerIds uuid[] required');
});

it.each([naive, plainScript])(
  'converts with clients there, and every row is what it was: $name',
  async (contender) => {
    const { sample, seen, ...run } = await measure(contender);
    expect(run.shape).toEqual(shape);
    expect(seen.log!.dueAtMs.length).toBeGreaterThan(100);
    expect(sample.idleP99Ms).toBeGreaterThan(0);
    // The clients know numbers alone, and there are none any more.
    expect(seen.log!.outcomes).toContain('22P02');
  },
);

it('refuses to tell numbers of a contender that changed a reference', async () => {
  const careless: ConvertContender = {
    ...floor,
    run: async (context) => {
      const client = new Client({ connectionString: context.urls.user });
      await client.connect();
      await client.query('UPDATE "sessions" SET "userId" = 2 WHERE "id" = 1');
      await client.end();
      await floor.run(context);
    },
  };
  await expect(measure(careless)).rejects.toMatchObject({
    code: 'ROWS_DIFFER',
    message: expect.stringContaining('sessions: '),
  });
});

it('names the contender that failed', async () => {
  const broken: ConvertContender = { ...floor, run: () => Promise.reject(new Error('the disk is full')) };
  await expect(measure(broken)).rejects.toMatchObject({
    code: 'CONTENDER_FAILED',
    message: 'floor failed: the disk is full',
  });
});
