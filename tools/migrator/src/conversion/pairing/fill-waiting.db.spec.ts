/** A service that only refers: the maps are copies, and pairs come later than the rows. */
import type { IdConversion } from '../declaration';
import { fillWaitingRows } from '../phases/fill-waiting-rows';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const TRAINING: IdConversion = {
  name: 'users',
  service: 'training-service',
  owner: 'user-service',
  keys: [
    { table: 'users', column: 'id' },
    { table: 'teams', column: 'id' },
  ],
  references: [
    { kind: 'column', table: 'assignments', column: 'playerId', to: 'users' },
    { kind: 'column', table: 'loads', column: 'playerId', to: 'users' },
    { kind: 'array', table: 'workouts', column: 'playerIds', to: 'users' },
    { kind: 'json', table: 'workouts', column: 'metadata', path: 'coachIds[*]', to: 'users' },
    { kind: 'json', table: 'workouts', column: 'metadata', path: 'team', to: 'teams' },
    { kind: 'column', table: 'remarks', column: 'userId', to: 'users' },
    { kind: 'column', table: 'marks', column: 'playerId', to: 'users' },
  ],
};
const SCHEMA = `
  CREATE TABLE workouts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "playerIds" integer[], metadata jsonb);
  CREATE TABLE assignments (kind text, at timestamptz, "playerId" integer NOT NULL, PRIMARY KEY (kind, at));
  CREATE TABLE loads ("sessionId" uuid, "playerId" integer, load numeric, PRIMARY KEY ("sessionId", "playerId"));
  CREATE TABLE remarks ("userId" integer, text text);
  CREATE TABLE marks (id integer PRIMARY KEY, session integer, "playerId" integer, UNIQUE (session, "playerId"));
`;
const uuid = (n: number) => `0190f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

let database: PairedDatabase;
const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);

beforeAll(async () => {
  database = await pairedDatabase(TRAINING, { schema: SCHEMA });
});
afterEach(() => database.empty());
afterAll(() => database.drop());

const pairsOf = (...numbers: number[]) => numbers.map((n) => `(${n}, '${uuid(n)}')`).join(', ');
async function arrive(...numbers: number[]) {
  await query(`INSERT INTO id_conversion.users_ids VALUES ${pairsOf(...numbers)}`);
  const [row] = await query<{ filled: number }>(
    `SELECT id_conversion.fill_waiting('users', '{${numbers.join(',')}}')::int AS filled`,
  );
  return row!.filled;
}
const waiting = async () =>
  (await query<{ n: number }>(`SELECT count(*)::int AS n FROM id_conversion.waiting`))[0]!.n;

it('fills rows of old and of new clients when their pairs come, and nothing else', async () => {
  await query(`INSERT INTO assignments VALUES ('run', now(), 1), ('swim', now(), 2)`);
  await query(`INSERT INTO assignments (kind, at, "playerId_uuid") VALUES ('skate', now(), '${uuid(3)}')`);
  expect(await waiting()).toBe(3);
  expect(await arrive(1, 3)).toBe(2);
  expect(
    await query(`SELECT kind, "playerId" AS n, "playerId_uuid" AS u FROM assignments ORDER BY 1`),
  ).toEqual([
    { kind: 'run', n: 1, u: uuid(1) },
    { kind: 'skate', n: 3, u: uuid(3) },
    { kind: 'swim', n: 2, u: null },
  ]);
  expect(await waiting()).toBe(1);
});

it('fills an array and a document when the last of their pairs has come, of whichever map', async () => {
  await query(
    `INSERT INTO workouts ("playerIds", metadata) VALUES ('{1,2,2}', '{"coachIds": [3], "team": 9}')`,
  );
  expect(await arrive(1)).toBe(0);
  expect(await arrive(2, 3)).toBe(1);
  expect(
    await query(
      `SELECT "playerIds_uuid" IS NOT NULL AS players, metadata_uuid IS NOT NULL AS metadata FROM workouts`,
    ),
  ).toEqual([{ players: true, metadata: false }]);
  await query(`INSERT INTO id_conversion.teams_ids VALUES (9, '${uuid(900)}')`);
  expect(await query(`SELECT id_conversion.fill_waiting('teams', '{9}')::int AS filled`)).toEqual([
    { filled: 1 },
  ]);
  expect(await query(`SELECT metadata_uuid FROM workouts`)).toEqual([
    { metadata_uuid: { coachIds: [uuid(3)], team: uuid(900) } },
  ]);
  expect(await waiting()).toBe(0);
});

it('leaves a row that a client has locked, and fills it the next time', async () => {
  await query(`INSERT INTO assignments VALUES ('run', now(), 1)`);
  const client = await database.session();
  await client.query(`BEGIN; UPDATE assignments SET kind = 'run' WHERE kind = 'run'`);
  await query(`SET statement_timeout = '5s'`); // a wait would be an error, and not the end of the test
  expect(await arrive(1)).toBe(0);
  await client.query('COMMIT');
  expect(await query(`SELECT id_conversion.fill_waiting('users', NULL)::int AS filled`)).toEqual([
    { filled: 1 },
  ]);
  await query(`RESET statement_timeout`);
});

it('finds with NULL what was written while its pair came', async () => {
  const client = await database.session();
  await client.query(`BEGIN; INSERT INTO assignments VALUES ('run', now(), 1)`);
  expect(await arrive(1)).toBe(0);
  await client.query('COMMIT');
  expect(await query(`SELECT id_conversion.fill_waiting('users', NULL)::int AS filled`)).toEqual([
    { filled: 1 },
  ]);
  expect(await waiting()).toBe(0);
});

it('forgets rows that are gone, and those that refer to somebody else by now', async () => {
  await query(`INSERT INTO assignments VALUES ('run', now(), 1), ('swim', now(), 1)`);
  await query(`DELETE FROM assignments WHERE kind = 'run'`);
  await query(`UPDATE assignments SET "playerId" = 2`);
  expect(await arrive(1)).toBe(0);
  expect(await arrive(2)).toBe(1);
  expect(await query(`SELECT "playerId_uuid" AS u FROM assignments`)).toEqual([{ u: uuid(2) }]);
  expect(await waiting()).toBe(0);
});

it('knows rows whose primary key is a reference, and rows without one', async () => {
  await query(`INSERT INTO loads VALUES ('${uuid(70)}', 1, 0.5)`);
  await query(`INSERT INTO remarks VALUES (1, 'good'), (2, 'fast'), (1, 'good')`);
  expect(await arrive(1)).toBe(3);
  expect(await query(`SELECT "playerId_uuid" AS u FROM loads`)).toEqual([{ u: uuid(1) }]);
  expect(await query(`SELECT "userId_uuid" AS u FROM remarks ORDER BY 1`)).toEqual([
    { u: uuid(1) },
    { u: uuid(1) },
    { u: null },
  ]);
});

it('is silent about a map for which nothing waits, and refuses one that it does not know', async () => {
  expect(await query(`SELECT id_conversion.fill_waiting('teams', '{1}')::int AS filled`)).toEqual([
    { filled: 0 },
  ]);
});

it('leaves rows that an old and a new client wrote of the same pair, and fills the others', async () => {
  await query(`INSERT INTO marks (id, session, "playerId") VALUES (1, 7, 1), (2, 7, 2)`);
  await query(
    `INSERT INTO marks (id, session, "playerId_uuid") VALUES (3, 7, '${uuid(1)}'), (4, 8, '${uuid(1)}')`,
  );
  expect(await arrive(1, 2)).toBe(3);
  expect(await query(`SELECT id, "playerId" AS n, "playerId_uuid" AS u FROM marks ORDER BY id`)).toEqual([
    { id: 1, n: 1, u: uuid(1) },
    { id: 2, n: 2, u: uuid(2) },
    { id: 3, n: null, u: uuid(1) },
    { id: 4, n: 1, u: uuid(1) },
  ]);
  expect(await waiting()).toBe(1);
  await query(`DELETE FROM marks WHERE id = 1`);
  const [row] = await query<{ filled: number }>(
    `SELECT id_conversion.fill_waiting('users', NULL)::int AS filled`,
  );
  expect(row).toEqual({ filled: 1 });
  expect(await waiting()).toBe(0);
});

describe('more rows than a call tries that a unique rule forbids to fill', () => {
  const COLLIDING = 2_500;
  const OTHERS = 1;
  const fill = async () =>
    (await query<{ n: number }>(`SELECT id_conversion.fill_waiting('users', NULL)::int AS n`))[0]!.n;

  beforeEach(async () => {
    // Old clients' rows, whose halves are not asked for here, and new clients' rows with the same pair.
    await query(`SET session_replication_role = replica`);
    await query(
      `INSERT INTO marks (id, session, "playerId") SELECT n, n, 1 FROM generate_series(1, ${COLLIDING}) AS n`,
    );
    await query(`RESET session_replication_role`);
    await query(
      `INSERT INTO marks (id, session, "playerId_uuid") SELECT -n, n, '${uuid(1)}' FROM generate_series(1, ${COLLIDING}) AS n`,
    );
    await query(`INSERT INTO loads SELECT gen_random_uuid(), 1, n FROM generate_series(1, ${OTHERS}) AS n`);
    await query(`INSERT INTO id_conversion.users_ids VALUES ${pairsOf(1)}`);
  });

  it('do not keep the others from being filled', async () => {
    await fillWaitingRows(database, 'users');
    expect(await query(`SELECT FROM loads WHERE "playerId_uuid" IS NULL`)).toEqual([]);
    expect(await waiting()).toBe(COLLIDING);
  });

  it('are tried in turn, and filled when they may be', async () => {
    await fillWaitingRows(database, 'users');
    await query(`DELETE FROM marks WHERE id IN (1, ${COLLIDING / 2}, ${COLLIDING})`);
    expect((await fill()) + (await fill()) + (await fill())).toBe(3);
    expect(await waiting()).toBe(COLLIDING - 3);
  });
});
