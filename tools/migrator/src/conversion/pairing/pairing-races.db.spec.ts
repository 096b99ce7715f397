/** Sessions at the same moment, and sessions with few rights. */
import type { Client } from 'pg';
import { eventually } from '@hockey-hub/shared-lib/src/testing/eventually';
import { CLUB, CLUB_SCHEMA } from './club-specimen';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const X = '0190f000-0000-7000-8000-00000000000a';

let database: PairedDatabase;
const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);

beforeAll(async () => {
  database = await pairedDatabase(CLUB, {
    schema: CLUB_SCHEMA,
    before: `
      DO $$ BEGIN CREATE ROLE pairing_clerk; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      GRANT SELECT, INSERT, UPDATE ON users, sessions, notes TO pairing_clerk;
      GRANT USAGE ON SEQUENCE users_id_seq, sessions_id_seq TO pairing_clerk`,
  });
});
afterEach(() => database.empty());
afterAll(() => database.drop());

async function isWaitingForLock(client: Client): Promise<boolean> {
  const [row] = await query<{ waits: boolean }>(
    `SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = ${(client as unknown as { processID: number }).processID}`,
  );
  return row!.waits;
}

it('two sessions that want the pair of one number get the same, and no error', async () => {
  const [one, two] = [await database.session(), await database.session()];
  const upsert = `INSERT INTO users (id, email) VALUES (60, 'a') ON CONFLICT (id) DO UPDATE SET email = 'b' RETURNING id_uuid`;
  await one.query('BEGIN');
  const first = await one.query<{ id_uuid: string }>(upsert);
  const second = two.query<{ id_uuid: string }>(upsert);
  await eventually('the second session waits', () => isWaitingForLock(two));
  await one.query('COMMIT');
  expect((await second).rows).toEqual(first.rows);
  expect(await query('SELECT count(*)::int AS n FROM id_conversion.users_ids')).toEqual([{ n: 1 }]);
});

it('the second makes the pair, when the first takes it back', async () => {
  const [one, two] = [await database.session(), await database.session()];
  await one.query('BEGIN; INSERT INTO users (id) VALUES (60)');
  const second = two.query(`INSERT INTO users (id) VALUES (60)`);
  await eventually('the second session waits', () => isWaitingForLock(two));
  await one.query('ROLLBACK');
  await second;
  expect(
    await query(
      `SELECT u.id FROM users u JOIN id_conversion.users_ids m ON m.number = u.id AND m.uuid = u.id_uuid`,
    ),
  ).toEqual([{ id: 60 }]);
});

it("references to rows without a pair don't wait for each other, in whichever order they are written", async () => {
  await query(`INSERT INTO users (id) VALUES (1), (2)`);
  await query('DELETE FROM id_conversion.users_ids'); // as if the rows were older than the triggers
  const [one, two] = [await database.session(), await database.session()];
  for (const client of [one, two]) await client.query(`SET lock_timeout = '2s'; BEGIN`);
  await one.query('INSERT INTO sessions ("userId") VALUES (1)');
  await two.query('INSERT INTO sessions ("userId") VALUES (2)');
  await one.query('INSERT INTO sessions ("userId") VALUES (2)');
  await two.query('INSERT INTO sessions ("userId") VALUES (1)');
  for (const client of [one, two]) await client.query('COMMIT');
  await query(`INSERT INTO id_conversion.users_ids SELECT id, id_uuid FROM users`);
  expect(await query(`SELECT id_conversion.fill_waiting('users', NULL)::int AS filled`)).toEqual([
    { filled: 4 },
  ]);
});

describe('a role that may write the tables, and nothing else', () => {
  it('writes them', async () => {
    const clerk = await database.session({ role: 'pairing_clerk' });
    await clerk.query(`INSERT INTO users (email) VALUES ('a')`);
    await clerk.query(`INSERT INTO users (id_uuid) VALUES ('${X}')`);
    await clerk.query(`INSERT INTO sessions ("userId_uuid") VALUES ('${X}')`);
    await clerk.query(`INSERT INTO notes ("authorId", "readBy") VALUES (404, '{1,404}')`);
    expect(await query('SELECT "userId" FROM sessions')).toEqual([{ userId: 2 }]);
  });

  it.each([
    `SELECT * FROM id_conversion.users_ids`,
    `SELECT id_conversion.users_ids_pair(1, NULL, true)`,
    `SELECT id_conversion.fill_waiting('users', NULL)`,
  ])('cannot %s', async (statement) => {
    const clerk = await database.session({ role: 'pairing_clerk' });
    await expect(clerk.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot put operators of its own into the functions', async () => {
    const clerk = await database.session();
    await clerk.query(`
      CREATE SCHEMA trap; GRANT USAGE ON SCHEMA trap TO pairing_clerk;
      CREATE FUNCTION trap.steal(integer, integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'caught'; END $$;
      CREATE FUNCTION trap.steal(bigint, integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'caught'; END $$;
      CREATE OPERATOR trap.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = trap.steal);
      CREATE OPERATOR trap.= (LEFTARG = bigint, RIGHTARG = integer, FUNCTION = trap.steal);
      SET ROLE pairing_clerk; SET search_path = trap, pg_catalog, public`);
    await clerk.query(`INSERT INTO users (email) VALUES ('a')`);
    await clerk.query(`INSERT INTO sessions ("userId") VALUES (1)`);
    expect(await query('SELECT "userId_uuid" IS NOT NULL AS ok FROM sessions')).toEqual([{ ok: true }]);
  });
});

it("pairs what the service's own triggers write, too", async () => {
  const other = await pairedDatabase(CLUB, {
    schema: `${CLUB_SCHEMA};
      CREATE FUNCTION by_default() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW."userId" = 13 THEN NEW."userId" := 1; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER replace_user BEFORE INSERT OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION by_default()`,
  });
  try {
    await other.query(`INSERT INTO users (id) VALUES (1), (2), (13)`);
    await other.query(`INSERT INTO sessions ("userId") VALUES (13), (2)`);
    await other.query(`UPDATE sessions SET "userId" = 13 WHERE "userId" = 2`);
    const found = await other.query(
      `SELECT s."userId", u.id_uuid = s."userId_uuid" AS agrees FROM sessions s JOIN users u ON u.id = s."userId"`,
    );
    expect(found).toEqual([
      { userId: 1, agrees: true },
      { userId: 1, agrees: true },
    ]);
  } finally {
    await other.drop();
  }
});
