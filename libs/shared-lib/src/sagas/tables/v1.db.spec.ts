import { DBOS } from '@dbos-inc/dbos-sdk';
import { Client } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { DBOS_SCHEMA_VERSION } from './dbos-schema-v123';
import { createSagaTablesV1, dropSagaTablesV1 } from './v1';

let ours: TestDatabase;
let theirs: TestDatabase;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([ours?.drop(), theirs?.drop()]));

/** Everything that a schema consists of, one line each. */
const EVERYTHING = `
  WITH relation AS (SELECT c.oid, c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = 'dbos'::regnamespace)
  SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull::text || ' '
         || coalesce(pg_get_expr(adbin, adrelid), '-') AS fact
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = attnum
  WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
  UNION ALL SELECT 'constraint ' || conname || ' ' || conrelid::regclass || ' ' || pg_get_constraintdef(k.oid)
  FROM pg_constraint k WHERE connamespace = 'dbos'::regnamespace AND contype <> 'n'
  UNION ALL SELECT 'index ' || pg_get_indexdef(oid) FROM relation WHERE relkind = 'i'
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN relation r ON r.oid = tgrelid WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'dbos'::regnamespace
  UNION ALL SELECT relkind::text || ' ' || relname FROM relation
  ORDER BY 1`;

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function inTransaction(work: (queryRunner: QueryRunner) => Promise<void>): Promise<void> {
  const dataSource = await new DataSource({ type: 'postgres', url: ours.url }).initialize();
  try {
    await dataSource.transaction((manager) => work(manager.queryRunner!));
  } finally {
    await dataSource.destroy();
  }
}

it('makes what the installed DBOS would make, and goes away whole', async () => {
  jest.spyOn(console, 'log').mockImplementation();
  await DBOS.migrate(theirs.url);
  await inTransaction(createSagaTablesV1);
  const facts = await query<{ fact: string }>(ours.url, EVERYTHING);
  expect(facts.length).toBeGreaterThan(150);
  expect(facts).toEqual(await query(theirs.url, EVERYTHING));
  const [version] = await query(ours.url, 'SELECT version::int FROM dbos.dbos_migrations');
  expect(version).toEqual({ version: DBOS_SCHEMA_VERSION });

  await inTransaction(dropSagaTablesV1);
  expect(await query(ours.url, `SELECT FROM pg_namespace WHERE nspname = 'dbos'`)).toEqual([]);
});
