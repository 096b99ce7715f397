import { randomBytes } from 'node:crypto';
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import type { Contender, ContenderName } from './contenders/contender';
import { databaseUrlOf, dropDatabases, recreateDatabases, withClient } from './databases';
import { measureContenders } from './measure-contenders';

const service = `bench-${randomBytes(5).toString('hex')}`;
const serverUrl = testDatabaseUrl();

const contender = (name: ContenderName, sql: string): Contender => ({
  name,
  run: async () => {
    await withClient(databaseUrlOf(service, serverUrl), (client) => client.query(sql));
    return { wallMs: 1 };
  },
});

const measure = (contenders: Contender[], { pending = true, rounds = 2 } = {}) => {
  const lines: string[] = [];
  const race = { title: 'A case', contenders, services: [service], serverUrl, pending };
  const results = withClient(serverUrl, (admin) =>
    measureContenders(race, admin, { rounds, onProgress: (line) => lines.push(line) }),
  );
  return { lines, results };
};

beforeEach(() => withClient(serverUrl, (admin) => recreateDatabases(admin, [service])));
afterAll(() => withClient(serverUrl, (admin) => dropDatabases(admin, [service])));

it('gives every run an empty database, and counts every round but the first', async () => {
  const { lines, results } = measure([
    contender('nx', 'CREATE TABLE clubs (id int)'),
    contender('cli', 'CREATE TABLE clubs (id int)'),
  ]);
  expect(await results).toMatchObject([
    { name: 'nx', samples: [{ wallMs: 1 }, { wallMs: 1 }] },
    { name: 'cli', samples: [{ wallMs: 1 }, { wallMs: 1 }] },
  ]);
  expect(lines).toEqual([
    'A case, warm-up: nx 1 ms',
    'A case, warm-up: cli 1 ms',
    'A case, round 1 of 2: cli 1 ms',
    'A case, round 1 of 2: nx 1 ms',
    'A case, round 2 of 2: nx 1 ms',
    'A case, round 2 of 2: cli 1 ms',
  ]);
});

it('tells how long the server worked for each run alone, also where the databases stay', async () => {
  const { results } = measure([contender('nx', 'SELECT pg_sleep(0.1)'), contender('cli', 'SELECT 1')], {
    pending: false,
    rounds: 1,
  });
  const [slow, fast] = (await results).map(({ samples }) => samples[0]!.serverMs);
  expect(slow).toBeGreaterThanOrEqual(100);
  expect(fast).toBeLessThan(100);
});

it('refuses to compare contenders that leave different schemas', async () => {
  const { results } = measure([
    contender('typeorm', 'CREATE TABLE clubs (id int)'),
    contender('cli', 'CREATE TABLE clubs (id bigint)'),
  ]);
  await expect(results).rejects.toMatchObject({
    code: 'DIFFERENT_OUTCOME',
    message: expect.stringContaining('A case: cli left another schema'),
  });
});
