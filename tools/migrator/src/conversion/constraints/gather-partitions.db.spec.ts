import { connect } from '../../pg/connect';
import type { Query } from '../../pg/query';
import { compareSchemas, readSchema, type Schema } from '../../catalog/schema';
import type { Client } from 'pg';
import type { ConversionDatabase } from '../conversion-database';
import { conversionDatabaseOver } from '../conversion-database-over';
import type { IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { createTrialDatabase, type TrialDatabase } from '../trial-schemas/trial-database';
import { dropCounterparts } from './drop-counterparts';
import { makeCounterparts } from './make-counterparts';

const CONVERSION: IdConversion = {
  name: 'events',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [{ kind: 'column', table: 'events', column: 'user_id', to: 'users' }],
};

let trial: TrialDatabase;
let client: Client;
let database: ConversionDatabase;
/** With both sides of everything. */
let whole: Schema;
beforeAll(async () => {
  trial = await createTrialDatabase(CONVERSION, [
    `CREATE TABLE users (id serial PRIMARY KEY)`,
    `INSERT INTO users SELECT generate_series(1, 10)`,
    `CREATE TABLE events (user_id int REFERENCES users (id), day date, UNIQUE (user_id, day)) PARTITION BY RANGE (day)`,
    `CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01')`,
    `CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (day)`,
    `CREATE TABLE events_new_all PARTITION OF events_new DEFAULT`,
    `CREATE INDEX events_user ON events (user_id)`,
    `INSERT INTO events SELECT id, date '2025-12-25' + id FROM users`,
  ]);
  for (const phase of ['addUuidColumns', 'generateUuids', 'updateReferences'] as const) await trial.up(phase);
  client = await connect(trial.url, 'test');
  database = conversionDatabaseOver(client, 'user-service', trial.url);
  whole = await readSchema(trial.query);
});
afterAll(async () => {
  await client?.end();
  await trial?.drop();
});

const facts = () => readFacts(trial.query, CONVERSION);
const withoutCounterparts = async () => dropCounterparts(database, CONVERSION, await facts(), 'numeric');
const make = async (on: ConversionDatabase) => makeCounterparts(on, CONVERSION, await facts(), 'numeric');

/** `seen` is called with every statement, after it was run. */
const watched = (seen: (statement: string) => Promise<void>, before: typeof seen): ConversionDatabase => {
  const watch =
    (query: Query): Query =>
    async (statement, values) => {
      await before(statement);
      const rows = await query(statement, values);
      await seen(statement);
      return rows as never;
    };
  return {
    ...database,
    query: watch(database.query),
    transaction: (work) => database.transaction((query) => work(watch(query))),
  };
};
const nothing = () => Promise.resolve();

class BrokenOff extends Error {}

it('broken off after any of its statements, it goes on to the same end', async () => {
  await withoutCounterparts();
  expect(compareSchemas(await readSchema(trial.query), whole).length).toBeGreaterThan(10);
  let brokenOff = 0;
  for (let isDone = false; !isDone;) {
    let left = brokenOff + 1;
    const breaking = watched((statement) => {
      const changes = /^(CREATE|ALTER|LOCK)/.test(statement) && !statement.includes('empty_copy');
      if (changes && --left === 0) throw new BrokenOff();
      return Promise.resolve();
    }, nothing);
    try {
      await make(breaking);
      isDone = true;
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
      brokenOff += 1;
    }
  }
  expect(brokenOff).toBeGreaterThan(5);
  expect(compareSchemas(await readSchema(trial.query), whole)).toEqual([]);
});

it.each(['LOCK TABLE ONLY', 'LOCK TABLE "public"."events" IN SHARE ROW EXCLUSIVE'])(
  'a partition that comes just before %s gets all that the others have',
  async (moment) => {
    await withoutCounterparts();
    let hasCome = false;
    await make(
      watched(nothing, async (statement) => {
        if (hasCome || !statement.startsWith(moment)) return;
        hasCome = true;
        await trial.query(
          `CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')`,
        );
      }),
    );
    expect(hasCome).toBe(true);
    const its = await trial.query(
      `SELECT relname AS name FROM pg_class WHERE relname ~ '^events_2027.*_uuid$' AND relispartition
       UNION ALL SELECT conname FROM pg_constraint WHERE conrelid = 'events_2027'::regclass AND contype = 'f' AND convalidated AND conparentid <> 0 ORDER BY 1`,
    );
    expect(its).toEqual([
      { name: 'events_2027_user_id_day_key_uuid' },
      { name: 'events_2027_user_id_idx_uuid' },
      { name: 'events_user_id_fkey' },
      { name: 'events_user_id_fkey_uuid' },
    ]);
    await trial.query(`DROP TABLE events_2027`);
    expect(compareSchemas(await readSchema(trial.query), whole)).toEqual([]);
  },
);
