/** A database in the middle of a conversion: maps, twins and triggers are there, made by hand, and nothing is filled. */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { makeConversionFunctions } from '../pairing/conversion-functions';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';

/** Of a key, a reference with a foreign key, two of them that are the primary key, an array, and a table by partitions. */
export const CLUB: IdConversion = {
  name: 'users-to-uuid',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'column', table: 'users', column: 'invitedBy', to: 'users' },
    { kind: 'column', table: 'sessions', column: 'userId', to: 'users' },
    { kind: 'column', table: 'parent_links', column: 'parentId', to: 'users' },
    { kind: 'column', table: 'parent_links', column: 'childId', to: 'users' },
    { kind: 'array', table: 'trainings', column: 'playerIds', to: 'users' },
    { kind: 'column', table: 'visits', column: 'userId', to: 'users' },
  ],
};

const TABLES = `
  CREATE TABLE users (id serial PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, name text, "invitedBy" int REFERENCES users,
                      "updatedAt" timestamptz NOT NULL DEFAULT '2020-01-01');
  CREATE TABLE sessions (id serial PRIMARY KEY, "userId" int NOT NULL REFERENCES users ON DELETE CASCADE, token text NOT NULL);
  CREATE INDEX ON sessions ("userId");
  CREATE TABLE parent_links ("parentId" int REFERENCES users, "childId" int REFERENCES users, PRIMARY KEY ("parentId", "childId"));
  CREATE TABLE trainings (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "playerIds" int[]);
  CREATE TABLE visits ("userId" int NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
  CREATE TABLE visits_early PARTITION OF visits FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
  CREATE TABLE visits_late PARTITION OF visits FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW."updatedAt" := now(); RETURN NEW; END $$;
  CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()`;

/** As the pairing does, for what the clients of these tests do: new rows, and rows whose number changes. */
const TWINS = `
  CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE);
  ALTER TABLE users ADD id_uuid uuid, ADD "invitedBy_uuid" uuid;
  ALTER TABLE sessions ADD "userId_uuid" uuid;
  ALTER TABLE parent_links ADD "parentId_uuid" uuid, ADD "childId_uuid" uuid;
  ALTER TABLE trainings ADD "playerIds_uuid" uuid[];
  ALTER TABLE visits ADD "userId_uuid" uuid;
  CREATE FUNCTION pair_user() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO id_conversion.users_ids VALUES (NEW.id, gen_random_uuid()) ON CONFLICT DO NOTHING;
    NEW.id_uuid := (SELECT uuid FROM id_conversion.users_ids WHERE number = NEW.id);
    RETURN NEW; END $$;
  CREATE TRIGGER pair_user BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION pair_user();
  CREATE FUNCTION pair_session() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO id_conversion.users_ids VALUES (NEW."userId", gen_random_uuid()) ON CONFLICT DO NOTHING;
    NEW."userId_uuid" := (SELECT uuid FROM id_conversion.users_ids WHERE number = NEW."userId");
    RETURN NEW; END $$;
  CREATE TRIGGER pair_session BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION pair_session();
  CREATE TRIGGER pair_changed_session BEFORE UPDATE ON sessions FOR EACH ROW
    WHEN (OLD."userId" IS DISTINCT FROM NEW."userId") EXECUTE FUNCTION pair_session()`;

/** @param users how many; the other tables follow: two sessions for each, and so on */
const rows = (users: number) => `
  INSERT INTO users (email, name, "invitedBy") SELECT 'user' || n || '@example.org', md5(n::text), nullif(n / 10, 0) FROM generate_series(1, ${users}) n;
  INSERT INTO sessions ("userId", token) SELECT 1 + (n * 7919::bigint) % ${users}, md5(n::text) FROM generate_series(1, ${users * 2}) n;
  INSERT INTO parent_links SELECT n, n + 1 FROM generate_series(1, ${users / 4}) n;
  INSERT INTO trainings ("playerIds") SELECT ARRAY[n, n + 1, NULL, n] FROM generate_series(1, ${users / 4}) n;
  INSERT INTO trainings ("playerIds") VALUES (NULL), ('{}');
  INSERT INTO visits SELECT n, date '2020-01-01' + n % 700 FROM generate_series(1, ${users / 2}) n`;

/** Every twin that is not what the map says of its source, in one number. */
const WRONG = `
  SELECT (SELECT count(*) FROM users u LEFT JOIN id_conversion.users_ids m ON m.number = u.id
                                       LEFT JOIN id_conversion.users_ids i ON i.number = u."invitedBy"
           WHERE u.id_uuid IS NULL OR u.id_uuid <> m.uuid OR u."invitedBy_uuid" IS DISTINCT FROM i.uuid)
       + (SELECT count(*) FROM sessions s JOIN id_conversion.users_ids m ON m.number = s."userId" WHERE s."userId_uuid" IS DISTINCT FROM m.uuid)
       + (SELECT count(*) FROM parent_links l JOIN id_conversion.users_ids p ON p.number = l."parentId" JOIN id_conversion.users_ids c ON c.number = l."childId"
           WHERE (l."parentId_uuid", l."childId_uuid") IS DISTINCT FROM (p.uuid, c.uuid))
       + (SELECT count(*) FROM visits v JOIN id_conversion.users_ids m ON m.number = v."userId" WHERE v."userId_uuid" IS DISTINCT FROM m.uuid)
       + (SELECT count(*) FROM trainings t WHERE t."playerIds_uuid" IS DISTINCT FROM CASE WHEN t."playerIds" IS NOT NULL THEN ARRAY(
            SELECT m.uuid FROM unnest(t."playerIds") WITH ORDINALITY e(number, place) LEFT JOIN id_conversion.users_ids m USING (number) ORDER BY e.place)
          END) AS wrong`;

export interface FillSpecimen {
  readonly url: string;
  readonly database: ConversionDatabase;
  readonly query: Query;
  /** How many rows have a twin that is missing or another one's. */
  wrong(): Promise<number>;
  /** A session of a client. */
  client(): Promise<Client>;
  drop(): Promise<void>;
}

/** @param paired whether the map of users is filled already */
export async function createFillSpecimen(users: number, { paired = true } = {}): Promise<FillSpecimen> {
  const test = await createTestDatabase();
  const database = await conversionDatabase(test.url);
  const { query, sessions } = database;
  await query(TABLES);
  await query(rows(users));
  await ensureState(query);
  const [server] = await query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  );
  for (const statement of makeConversionFunctions(server!.version)) await query(statement);
  await registerConversion(query, CLUB);
  await query(TWINS);
  if (paired) {
    await query(
      `INSERT INTO id_conversion.users_ids SELECT id, gen_random_uuid() FROM users ORDER BY id ON CONFLICT DO NOTHING`,
    );
  }
  await query('ANALYZE');
  return {
    url: test.url,
    database,
    query,
    wrong: async () => Number((await query<{ wrong: string }>(WRONG))[0]!.wrong),
    client: database.connect,
    drop: () => end(test, sessions),
  };
}

/** With every session that it has opened, for the end. */
export async function conversionDatabase(url: string) {
  const sessions: Client[] = [];
  const open = async () => {
    const session = await connect(url, 'user-service');
    sessions.push(session);
    return session;
  };
  const query = queryOf(await open());
  const database: ConversionDatabase = {
    service: 'user-service',
    query,
    transaction: async (work) => {
      await query('BEGIN');
      try {
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await query('ROLLBACK');
        throw error;
      }
    },
    connect: open,
  };
  return { ...database, sessions };
}

async function end(test: TestDatabase, sessions: readonly Client[]): Promise<void> {
  for (const session of sessions) await session.end();
  await test.drop();
}
