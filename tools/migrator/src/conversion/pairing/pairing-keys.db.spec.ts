import { CLUB, CLUB_SCHEMA } from './club-specimen';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const [X, Y] = ['0190f000-0000-7000-8000-00000000000a', '0190f000-0000-7000-8000-00000000000b'];

describe.each(['numeric', 'uuid'] as const)('keys in the shape %s', (shape) => {
  let database: PairedDatabase;
  const [n, u] = shape === 'numeric' ? ['"id"', '"id_uuid"'] : ['"id_numeric"', '"id"'];
  const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);
  const pairs = () =>
    query(
      `SELECT t.${n}::int AS number, t.${u} = m.uuid AS agrees FROM users t JOIN id_conversion.users_ids m ON m.number = t.${n} ORDER BY 1`,
    );

  beforeAll(async () => {
    database = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA });
    if (shape === 'uuid') await database.switch();
  });
  afterEach(() => database.empty());
  afterAll(() => database.drop());

  it('pairs what old and new clients insert, and tells of each new pair once', async () => {
    await query(`INSERT INTO users (email) VALUES ('a'), ('b')`);
    await query(`INSERT INTO users (${n}, email) VALUES (500, 'c')`);
    await query(`INSERT INTO users (${u}, email) VALUES ('${X}', 'd')`);
    expect(await pairs()).toEqual([1, 2, 3, 500].map((number) => ({ number, agrees: true })));
    expect(await query(`SELECT number::int FROM id_conversion.users_ids WHERE uuid = '${X}'`)).toEqual([
      { number: 3 },
    ]);
    expect(await query(`SELECT map, number::int FROM id_conversion.unpublished_pairs ORDER BY 2`)).toEqual(
      [1, 2, 3, 500].map((number) => ({ map: 'users', number })),
    );
  });

  it('gives identities, and keys without a sequence, what they need', async () => {
    await query(`INSERT INTO teams (${u}) VALUES ('${X}')`);
    await query(`INSERT INTO badges (${u}) VALUES ('${X}'), ('${Y}')`);
    await query(`INSERT INTO badges (${n}) VALUES (7)`);
    expect(await query(`SELECT ${n}::int AS number FROM badges ORDER BY 1`)).toEqual([
      { number: -32768 },
      { number: -32767 },
      { number: 7 },
    ]);
    expect(await query(`SELECT ${n}::int AS number, ${u} AS uuid FROM teams`)).toEqual([
      { number: 1, uuid: X },
    ]);
  });

  it('takes the UUID that a number had, also when its row was deleted', async () => {
    await query(`INSERT INTO users (${n}) VALUES (5)`);
    const [before] = await query(`DELETE FROM users RETURNING ${u} AS uuid`);
    expect(await query(`INSERT INTO users (${n}) VALUES (5) RETURNING ${u} AS uuid`)).toEqual([before]);
  });

  it('lets an INSERT ... ON CONFLICT by UUID find its row, whatever number the sequence gave', async () => {
    await query(`CREATE UNIQUE INDEX ON users (${u})`);
    const upsert = `INSERT INTO users (${u}, email) VALUES ('${X}', 'a') ON CONFLICT (${u}) DO UPDATE SET email = 'again' RETURNING ${n}::int AS number, email`;
    expect(await query(upsert)).toEqual([{ number: 1, email: 'a' }]);
    expect(await query(upsert)).toEqual([{ number: 1, email: 'again' }]);
    expect(await query(`INSERT INTO users (email) VALUES ('a') RETURNING ${n}::int AS number`)).toEqual([
      { number: 3 },
    ]);
  });

  it('skips numbers ahead of the sequence where nobody asked for them', async () => {
    await query(`INSERT INTO users (${n}) VALUES (1)`);
    await query(`DELETE FROM users`);
    expect(await query(`INSERT INTO users (${u}) VALUES ('${X}') RETURNING ${n}::int AS number`)).toEqual([
      { number: 2 },
    ]);
  });

  it('refuses what is no pair, and says what the pairs are', async () => {
    await query(`INSERT INTO users (${n}, ${u}) VALUES (70, '${X}')`);
    await expect(query(`INSERT INTO users (${n}, ${u}) VALUES (71, '${X}')`)).rejects.toMatchObject({
      code: '23514',
      message: `the number 71 and the UUID ${X} are not the same row of users: 71 has the UUID (none yet), and ${X} has the number 70`,
    });
    await expect(query(`UPDATE users SET ${u} = '${Y}'`)).rejects.toMatchObject({
      code: '23514',
      message: `the UUID of a row of users cannot change while its ids are converted (${X} to ${Y})`,
    });
  });

  it('pairs what COPY brings', async () => {
    await query(`INSERT INTO users (email) SELECT n::text FROM generate_series(1, 1000) n`);
    expect(
      await query(
        `SELECT count(*)::int FROM users t JOIN id_conversion.users_ids m ON m.number = t.${n} AND m.uuid = t.${u}`,
      ),
    ).toEqual([{ count: 1000 }]);
  });

  it('leaves fills alone', async () => {
    await query(`INSERT INTO users (${n}) VALUES (70)`);
    await query(`ALTER TABLE users DISABLE TRIGGER USER`);
    await query(`UPDATE users SET ${u} = NULL`);
    await query(`ALTER TABLE users ENABLE TRIGGER USER`);
    await query(`SET id_conversion.filling = 'on'`);
    await query(`UPDATE users SET ${u} = '${X}'`);
    await query(`RESET id_conversion.filling`);
    expect(await query(`SELECT ${u} AS uuid FROM users`)).toEqual([{ uuid: X }]);
  });
});

it('makes UUIDs of version 7 whose order is that of time', async () => {
  const database = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA });
  try {
    const [row] = await database.query(`
      WITH RECURSIVE made AS (
        SELECT 1 AS n, id_conversion.new_uuid() AS uuid, pg_sleep(0.001)
        UNION ALL SELECT n + 1, id_conversion.new_uuid(), pg_sleep(0.001) FROM made WHERE n < 200)
      SELECT bool_and(substring(uuid::text, 15, 1) = '7' AND substring(uuid::text, 20, 1) IN ('8', '9', 'a', 'b')) AS "isVersion7",
             array_agg(uuid ORDER BY n) = array_agg(uuid ORDER BY uuid) AS "isInOrder",
             bool_and(abs(extract(epoch FROM now()) * 1000 - ('x' || left(replace(uuid::text, '-', ''), 12))::bit(48)::bigint) < 60000) AS "isOfNow"
        FROM made`);
    expect(row).toEqual({ isVersion7: true, isInOrder: true, isOfNow: true });
  } finally {
    await database.drop();
  }
});
