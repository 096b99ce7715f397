import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { Client } from 'pg';
import { ClubDatabases, type SeededPair } from '../databases/club-databases';
import { measureRun } from '../measure-run';
import { CONTENDERS } from './contenders';
import type { ConvertContender } from './contender';

const admin = new Client({ connectionString: testDatabaseUrl() });
const databases = new ClubDatabases(admin, testDatabaseUrl());
let pair: SeededPair;

beforeAll(async () => {
  await admin.connect();
  pair = await databases.seed(400);
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
    load: { perSecond: 100, settleSeconds: 0.2, idleSeconds: 0.5 },
  });

it('converts by the five phases, and leaves what the floor leaves', async () => {
  const { shape: expected } = await measure(CONTENDERS.floor);
  const { seen, phases, shape } = await measure(CONTENDERS['ours-offline']);
  expect(phases.map(({ name }) => name)).toEqual([
    'AddUuidColumns',
    'GenerateUuids',
    'UpdateReferences',
    'SwitchPrimaryKeys',
    'RemoveNumericIds',
  ]);
  expect(seen.lockAttempts.length).toBeGreaterThan(0);
  expect([...shape].sort()).toEqual([...expected].sort());
});
