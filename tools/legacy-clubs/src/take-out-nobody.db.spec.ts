import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { seedLegacyClubs } from './seed-legacy-clubs';
import { takeOutNobody } from './take-out-nobody';

let databases: readonly TestDatabase[] = [];
let training: Client;
beforeAll(async () => {
  databases = [await createTestDatabase(), await createTestDatabase()];
  const [userUrl, trainingUrl] = databases.map(({ url }) => url) as [string, string];
  const dirt = { danglingPlayers: 3, danglingCoaches: 4, danglingLoads: 5, danglingNotes: 6 };
  await seedLegacyClubs({ userUrl, trainingUrl, users: 400, seed: 11, dirt });
  training = new Client({ connectionString: trainingUrl });
  await training.connect();
});
afterAll(async () => {
  await training?.end();
  for (const database of databases) await database.drop();
});

const NOBODY = 51;

async function counted(sql: string): Promise<number> {
  const { rows } = await training.query<{ count: string }>(`SELECT count(*) AS "count" FROM ${sql}`);
  return Number(rows[0]!.count);
}

test('takes out every reference to nobody, and nothing else', async () => {
  const references = [
    `SELECT unnest("playerIds") FROM "workout_sessions"`,
    `SELECT jsonb_array_elements_text("metadata" -> 'coachIds')::int FROM "workout_sessions"`,
    `SELECT "playerId" FROM "player_workout_loads"`,
    `SELECT "subjectId"::int FROM "notes" WHERE "subjectType" = 'user'`,
  ];
  const ofEach = async (condition: string) => {
    const counts: number[] = [];
    for (const sql of references)
      counts.push(await counted(`(${sql}) AS "reference" ("id") WHERE ${condition}`));
    return counts;
  };
  const somebody = await ofEach(`"id" % ${NOBODY} <> 0`);
  expect(await ofEach(`"id" % ${NOBODY} = 0`)).toEqual([3, 4, 5, 6]);
  const sessions = await counted('"workout_sessions"');

  const rows = await takeOutNobody(training);
  expect(rows).toBe(3 + 4 + 5 + 6);
  expect(await ofEach(`"id" % ${NOBODY} = 0`)).toEqual([0, 0, 0, 0]);
  expect(await ofEach(`"id" % ${NOBODY} <> 0`)).toEqual(somebody);
  expect(await counted('"workout_sessions"')).toBe(sessions);
  expect(await takeOutNobody(training)).toBe(0);
});
