/** What the seeder says it made is what is there, counted by other means; the same seed makes the same everywhere. */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { GAP } from './population';
import { seedLegacyClubs, type SeededClubs, type SeedOptions } from './seed-legacy-clubs';

interface Clubs {
  readonly made: SeededClubs;
  readonly user: Client;
  readonly training: Client;
}

const databases: TestDatabase[] = [];
const clients: Client[] = [];
afterAll(async () => {
  for (const client of clients) await client.end();
  for (const database of databases) await database.drop();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  databases.push(database);
  return database;
}

async function connected({ url }: TestDatabase): Promise<Client> {
  const client = new Client({ connectionString: url });
  clients.push(client);
  await client.connect();
  return client;
}

async function clubs(options: Omit<SeedOptions, 'userUrl' | 'trainingUrl'>): Promise<Clubs> {
  const [user, training] = [await emptyDatabase(), await emptyDatabase()];
  const made = await seedLegacyClubs({ ...options, userUrl: user.url, trainingUrl: training.url });
  return { made, user: await connected(user), training: await connected(training) };
}

async function value<T>(client: Client, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query<[T]>({ text: sql, values, rowMode: 'array' });
  return rows[0]![0];
}

/** One print of all rows of all tables, whatever their order. */
async function print({ user, training }: Clubs): Promise<string> {
  const prints: string[] = [];
  const tables = [
    [user, ['users', 'sessions', 'parent_links', 'audit_entries']],
    [training, ['workout_sessions', 'workout_assignments', 'player_workout_loads', 'notes']],
  ] as const;
  for (const [client, names] of tables) {
    await client.query(`SET timezone = 'UTC'`);
    for (const name of names) {
      prints.push(
        await value(
          client,
          `SELECT md5(string_agg(t::text, ';' ORDER BY t::text COLLATE "C")) FROM "${name}" AS t`,
        ),
      );
    }
  }
  return value(user, 'SELECT md5($1)', [prints.join()]);
}

/** The dirt that is there, found by looking for it. */
async function dirtFound({ user, training }: Clubs): Promise<SeededClubs['dirt']> {
  const roles = `'player', 'coach', 'parent', 'medical_staff', 'equipment_manager', 'physical_trainer', 'club_admin', 'admin'`;
  const stray = `"teamCode" <> btrim("teamCode", E' \\t')`;
  const numbers = await value<number[]>(user, 'SELECT array_agg(id) FROM users');
  const codes = await value<string[]>(
    user,
    `SELECT array_agg(DISTINCT btrim("teamCode", E' \\t')) FROM users WHERE "teamCode" IS NOT NULL`,
  );
  const count = (client: Client, from: string, values: unknown[] = []) =>
    value<number>(client, `SELECT count(*)::int FROM ${from}`, values);
  const nobody = (number: string) => `NOT (${number} = ANY ($1::int[]))`;
  return {
    emailsDifferingInCase: await count(
      user,
      'users a JOIN users b ON lower(a.email) = lower(b.email) AND a.id < b.id',
    ),
    unknownRoles: await count(user, `users WHERE role NOT IN (${roles})`),
    strayTeamCodesOfUsers: await count(user, `users WHERE ${stray}`),
    nullNames: await count(user, `users WHERE "firstName" IS NULL OR "lastName" IS NULL`),
    strayTeamCodesOfSessions: await count(training, `workout_sessions WHERE ${stray}`),
    sessionsOfUnknownTeams: await count(
      training,
      `workout_sessions WHERE NOT (btrim("teamCode", E' \\t') = ANY ($1::text[]))`,
      [codes],
    ),
    danglingCreators: await count(training, `workout_sessions WHERE ${nobody('"createdBy"')}`, [numbers]),
    danglingPlayers: await count(
      training,
      `workout_sessions, unnest("playerIds") AS player WHERE ${nobody('player')}`,
      [numbers],
    ),
    danglingCoaches: await count(
      training,
      `workout_sessions, jsonb_array_elements(metadata -> 'coachIds') AS coach WHERE ${nobody('coach::int')}`,
      [numbers],
    ),
    danglingAssignments: await count(training, `workout_assignments WHERE ${nobody('"playerId"')}`, [
      numbers,
    ]),
    danglingLoads: await count(training, `player_workout_loads WHERE ${nobody('"playerId"')}`, [numbers]),
    danglingNotes: await count(
      training,
      `notes WHERE "subjectType" = 'user' AND ${nobody('"subjectId"::int')}`,
      [numbers],
    ),
  };
}

test('clean clubs: as many rows as asked for, and nothing wrong with them', async () => {
  const club = await clubs({ users: 1000, seed: 3, dirt: false });
  const { made, user, training } = club;
  expect(made.users).toBe(1000);
  expect(made.referringRows).toBeGreaterThan(9_000);
  expect(made.referringRows).toBeLessThan(10_500);
  expect(made.rows['user-service']['users']).toBe(await value(user, 'SELECT count(*)::int FROM users'));
  expect(made.rows['training-service']['notes']).toBe(
    await value(training, 'SELECT count(*)::int FROM notes'),
  );
  const found = await dirtFound(club);
  expect(found).toEqual(made.dirt);
  expect(new Set(Object.values(found))).toEqual(new Set([0]));
  expect(await value(user, `SELECT count(*)::int FROM active_users`)).toBeGreaterThan(850);
  // The next user gets a number that was never anybody's.
  expect(
    await value<number>(user, `SELECT nextval('users_id_seq')::int - max(id) FROM users`),
  ).toBeGreaterThan(0);
  expect(await value(user, `SELECT count(*)::int FROM users WHERE id % ${GAP} = 0`)).toBe(0);
});

test('each kind of dirt is there as often as asked for, and no other', async () => {
  const club = await clubs({
    users: 400,
    seed: 11,
    dirt: {
      emailsDifferingInCase: 3,
      unknownRoles: 4,
      strayTeamCodesOfUsers: 5,
      nullNames: 6,
      strayTeamCodesOfSessions: 7,
      sessionsOfUnknownTeams: 8,
      danglingCreators: 9,
      danglingPlayers: 10,
      danglingCoaches: 11,
      danglingAssignments: 12,
      danglingLoads: 13,
      danglingNotes: 14,
    },
  });
  expect(Object.values(club.made.dirt)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(await dirtFound(club)).toEqual(club.made.dirt);
});

test('where there are not enough rows, it says how many it made dirty', async () => {
  const club = await clubs({ users: 20, dirt: { emailsDifferingInCase: 5, danglingLoads: 1000 } });
  expect(club.made.dirt.emailsDifferingInCase).toBe(1);
  expect(await dirtFound(club)).toEqual(club.made.dirt);
});

test('the same seed makes the same rows on every server, another seed others', async () => {
  const first = await print(await clubs({ users: 300, seed: 7 }));
  expect(await print(await clubs({ users: 300, seed: 7 }))).toBe(first);
  expect(await print(await clubs({ users: 300, seed: 8 }))).not.toBe(first);
  // Recorded on Postgres 18: 15 makes the same.
  expect(first).toBe('bfda84f080f581e3f37b42d48ba929c7');
});

test.each([
  [{ users: 19 }, 'users is 19; it must be an integer from 20 to 100000000.'],
  [{ users: 20, seed: -1 }, 'seed is -1; it must be an integer from 0 to 2147483647.'],
  [{ users: 20, referringRowsPerUser: 0 }, 'referringRowsPerUser is 0; it must be a number from 1 to 1000.'],
  [
    { users: 20, dirt: { nullNames: -1 } },
    /^dirt "nullNames": -1 is no such kind, or no such count\. .*sessionsOfUnknownTeams/,
  ],
])('refuses %j', async (options, message) => {
  const { url } = databases[0]!;
  await expect(seedLegacyClubs({ ...options, userUrl: url, trainingUrl: url })).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test('a database with something in it is refused, and the other one stays empty', async () => {
  const [user, training] = [await emptyDatabase(), await emptyDatabase()];
  const client = await connected(training);
  await client.query('CREATE TABLE members (id int)');
  await expect(
    seedLegacyClubs({ userUrl: user.url, trainingUrl: training.url, users: 20 }),
  ).rejects.toMatchObject({
    code: 'DATABASE_NOT_EMPTY',
    message: `the database ${training.name} for training-service is not empty: it has public.members. Nothing was changed. Name an empty database.`,
  });
  expect(
    await value(await connected(user), `SELECT count(*)::int FROM pg_class WHERE relname = 'users'`),
  ).toBe(0);
});

test('a database that cannot be reached is told without its credentials', async () => {
  const { url } = await emptyDatabase();
  const missing = new URL(url);
  missing.pathname = '/no_such_database';
  missing.password = 'secret-of-the-club';
  await expect(seedLegacyClubs({ userUrl: missing.href, trainingUrl: url, users: 20 })).rejects.toMatchObject(
    {
      code: 'CANNOT_CONNECT',
      message: expect.not.stringContaining('secret-of-the-club'),
    },
  );
});
