import { readProgress } from '../state/tasks';
import { CLUB, conversionDatabase, createFillSpecimen, type FillSpecimen } from '../backfill/fill-specimen';
import type { NumbersOfMap } from './map-walk';
import { fillIdMaps } from './fill-id-maps';

const USERS = 8_000;
let specimen: FillSpecimen;

beforeEach(async () => {
  specimen = await createFillSpecimen(USERS, { paired: false });
});

afterEach(() => specimen.drop());

const ORDERED = `
  SELECT count(*)::int AS pairs, count(*) FILTER (WHERE uuid <= before)::int AS disordered
    FROM (SELECT uuid, lag(uuid) OVER (ORDER BY number) AS before FROM id_conversion.users_ids) p`;

it('makes a pair for every row, in the order of the numbers, and keeps those that are there', async () => {
  await specimen.query(`DELETE FROM id_conversion.users_ids`);
  const kept = '01900000-0000-7000-8000-000000000001';
  await specimen.query(`INSERT INTO id_conversion.users_ids VALUES (1, $1), (900000, gen_random_uuid())`, [
    kept,
  ]);
  await fillIdMaps(specimen.database, CLUB);
  expect(await specimen.query(`SELECT uuid FROM id_conversion.users_ids WHERE number = 1`)).toEqual([
    { uuid: kept },
  ]);
  await specimen.query(`DELETE FROM id_conversion.users_ids WHERE number = 900000`);
  const [order] = await specimen.query<{ pairs: number; disordered: number }>(ORDERED);
  // Before Postgres 18 UUIDs of the same quarter of a microsecond are in no order.
  expect(order).toEqual({ pairs: USERS, disordered: expect.any(Number) });
  expect(order!.disordered).toBeLessThan(USERS / 100);
  expect(await readProgress(specimen.query, CLUB.name)).toMatchObject([
    { kind: 'id-map', table: 'users', columns: ['id'], doneRows: USERS, endedAt: expect.any(Date) },
  ]);
});

it('takes negative and scattered numbers, and the ends of the type', async () => {
  await specimen.query(`
    ALTER TABLE users DISABLE TRIGGER USER, ALTER id TYPE bigint;
    INSERT INTO users (id, email) SELECT n, 'scattered' || n FROM unnest(ARRAY[-9223372036854775808, -5, 0, 4000000000000, 9223372036854775807]) n`);
  await fillIdMaps(specimen.database, CLUB);
  expect(
    await specimen.query(
      `SELECT number FROM id_conversion.users_ids WHERE number NOT BETWEEN 1 AND ${USERS} ORDER BY 1`,
    ),
  ).toEqual(
    ['-9223372036854775808', '-5', '0', '4000000000000', '9223372036854775807'].map((number) => ({ number })),
  );
});

it('tells of every pair, in portions that touch each other, after they are made', async () => {
  await specimen.query(`DELETE FROM id_conversion.users_ids`);
  const told: NumbersOfMap[] = [];
  let pairs = 0;
  await fillIdMaps(specimen.database, CLUB, {
    publish: async (query, numbers) => {
      told.push(numbers);
      const [row] = await query<{ pairs: number }>(
        `SELECT count(*)::int AS pairs FROM id_conversion.users_ids WHERE number BETWEEN $1 AND $2`,
        [numbers.from, numbers.to],
      );
      pairs += row!.pairs;
    },
  });
  expect(pairs).toBe(USERS);
  expect(told[0]).toMatchObject({ map: 'users', from: '-9223372036854775808' });
  expect(told.at(-1)!.to).toBe(String(USERS));
  for (const [index, { from }] of told.entries()) {
    if (index > 0) expect(BigInt(from)).toBe(BigInt(told[index - 1]!.to) + 1n);
  }
});

it('tells again of what it was killed over, and of nothing twice that it told', async () => {
  await specimen.query(`DELETE FROM id_conversion.users_ids`);
  await specimen.query(`CREATE TABLE told (first bigint, last bigint)`);
  let calls = 0;
  const publish = async (query: FillSpecimen['query'], { from, to }: NumbersOfMap) => {
    await query(`INSERT INTO told VALUES ($1, $2)`, [from, to]);
    if (++calls === 2) await query('SELECT pg_terminate_backend(pg_backend_pid())');
  };
  await fillIdMaps(specimen.database, CLUB, { publish });
  expect(calls).toBeGreaterThan(2);
  expect(
    await specimen.query(`SELECT number, count(first)::int FROM id_conversion.users_ids LEFT JOIN told ON number BETWEEN first AND last
                           GROUP BY 1 HAVING count(first) <> 1`),
  ).toEqual([]);
});

it('makes each pair once when several processes and triggers make them', async () => {
  await specimen.query(`DELETE FROM id_conversion.users_ids`);
  const client = await specimen.client();
  let isOver = false;
  const writing = (async () => {
    for (let n = 1; !isOver; n = (n * 7919) % USERS) {
      await client.query(`INSERT INTO sessions ("userId", token) VALUES ($1, 'new')`, [n + 1]);
    }
  })();
  const processes = await Promise.all([1, 2, 3].map(() => conversionDatabase(specimen.url)));
  await Promise.all(processes.map((database) => fillIdMaps(database, CLUB)));
  await Promise.all(processes.flatMap(({ sessions }) => sessions.map((session) => session.end())));
  isOver = true;
  await writing;
  expect(
    await specimen.query(`SELECT (SELECT count(*) FROM id_conversion.users_ids)::int AS pairs,
      (SELECT count(*) FROM sessions s JOIN id_conversion.users_ids m ON m.number = s."userId" WHERE s."userId_uuid" <> m.uuid)::int AS wrong`),
  ).toEqual([{ pairs: USERS, wrong: 0 }]);
});

it('says so when rows are inserted past the triggers', async () => {
  // The session of a fill fires none.
  const publish = (query: FillSpecimen['query']) =>
    query(`INSERT INTO users (id, email) VALUES (-1, 'late')`);
  await expect(fillIdMaps(specimen.database, CLUB, { publish: once(publish) })).rejects.toMatchObject({
    code: 'CONVERSION_INCOMPLETE',
    message:
      'user-service: 1 rows of users have no pair in the id map after all of it was filled. Rows were inserted past the triggers that the ' +
      'first phase (AddUuidColumns) has made: enable these, and run again.',
  });
});

const once = (publish: (query: FillSpecimen['query']) => Promise<unknown>) => {
  let calls = 0;
  return async (query: FillSpecimen['query']) => {
    if (++calls === 1) await publish(query);
  };
};
