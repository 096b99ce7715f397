import { crossServiceReferences } from '@hockey-hub/shared-lib';
import { createMigratedDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { trainingDatabase } from '../../src/training-database';

const TABLES = [
  'development_goals',
  'development_plans',
  'exercise_executions',
  'exercise_templates',
  'exercises',
  'player_evaluations',
  'player_workout_loads',
  'session_templates',
  'workout_assignments',
  'workout_executions',
  'workout_sessions',
];

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createMigratedDatabase(trainingDatabase);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function column<Value>(sql: string, values: unknown[] = []): Promise<Value[]> {
  const { rows } = await client.query<unknown[]>({ text: sql, values, rowMode: 'array' });
  return rows.map(([value]) => value as Value);
}

it('has every table of the service and no other', async () => {
  const tables = await column<string>(
    `SELECT table_name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name <> 'migrations' ORDER BY table_name`,
  );
  expect(tables).toEqual(TABLES);
});

it('gives every table a uuid key with a default and two timestamps with a time zone', async () => {
  for (const table of TABLES) {
    const { rows } = await client.query(
      `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND column_name IN ('id', 'created_at', 'updated_at')
        ORDER BY column_name`,
      [table],
    );
    const timestamp = { data_type: 'timestamp with time zone', is_nullable: 'NO', column_default: 'now()' };
    expect({ table, rows }).toEqual({
      table,
      rows: [
        { column_name: 'created_at', ...timestamp },
        { column_name: 'id', data_type: 'uuid', is_nullable: 'NO', column_default: 'gen_random_uuid()' },
        { column_name: 'updated_at', ...timestamp },
      ],
    });
  }
});

it('writes every name in snake_case', async () => {
  const names = await column<string>(
    `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY ($1)
      UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    [TABLES],
  );
  expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
});

it('has an index for every foreign key', async () => {
  const total = await column<number>(`SELECT count(*)::int FROM pg_constraint WHERE contype = 'f'`);
  expect(total).toEqual([9]);

  // Served are foreign keys whose columns are the first ones of a valid index over all rows, in any order.
  const unserved = await column<string>(
    `SELECT conname FROM pg_constraint AS foreign_key
      WHERE contype = 'f' AND NOT EXISTS (
        SELECT FROM pg_index
         WHERE indrelid = conrelid AND indisvalid AND indpred IS NULL
           AND conkey @> (indkey::int2[])[0:cardinality(conkey) - 1]
           AND conkey <@ (indkey::int2[])[0:cardinality(conkey) - 1])`,
  );
  expect(unserved).toEqual([]);
});

it('declares every id that is not a key of its own as a reference to another service', async () => {
  // In the catalog: each uuid column that is neither a key nor a foreign key, whatever the entities say.
  const { rows } = await client.query<{ column: string }>(
    `SELECT attrelid::regclass || '.' || attname AS column FROM pg_attribute
      WHERE attrelid = ANY ($1::regclass[]) AND atttypid = 'uuid'::regtype AND attname <> 'id'
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = attrelid AND attnum = ANY (conkey))
      ORDER BY 1`,
    [TABLES],
  );
  const declared = crossServiceReferences(trainingDatabase.entities);
  expect(declared.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    rows.map((row) => row.column),
  );
  expect(
    declared.map(({ table, column, targetService, targetTable }) => [
      `${table}.${column}`,
      `${targetService}.${targetTable}`,
    ]),
  ).toEqual([
    ['development_plans.coach_id', 'user-service.users'],
    ['development_plans.player_id', 'user-service.users'],
    ['development_plans.team_id', 'user-service.teams'],
    ['exercise_templates.organization_id', 'user-service.organizations'],
    ['player_evaluations.evaluator_id', 'user-service.users'],
    ['player_evaluations.player_id', 'user-service.users'],
    ['player_evaluations.team_id', 'user-service.teams'],
    ['player_workout_loads.player_id', 'user-service.users'],
    ['session_templates.organization_id', 'user-service.organizations'],
    ['workout_assignments.player_id', 'user-service.users'],
    ['workout_assignments.team_id', 'user-service.teams'],
    ['workout_executions.player_id', 'user-service.users'],
    ['workout_sessions.created_by', 'user-service.users'],
    ['workout_sessions.team_id', 'user-service.teams'],
  ]);
});

it('has an index for every reference to another service', async () => {
  for (const { table, column: name } of crossServiceReferences(trainingDatabase.entities)) {
    const indexes = await column<string>(
      `SELECT indexrelid::regclass::text FROM pg_index JOIN pg_attribute
           ON attrelid = indrelid AND attnum = indkey[0]
        WHERE indrelid = $1::regclass AND attname = $2 AND indisvalid AND indpred IS NULL`,
      [table, name],
    );
    expect([table, name, indexes.length]).toEqual([table, name, 1]);
  }
});

it('has no index that another one already contains', async () => {
  const redundant = await column<string>(
    `SELECT small.indexrelid::regclass::text FROM pg_index AS small JOIN pg_index AS large
         ON small.indrelid = large.indrelid AND small.indexrelid <> large.indexrelid
      WHERE small.indrelid = ANY ($1::regclass[]) AND NOT small.indisunique
        AND large.indpred IS NULL
        AND (large.indkey::text || ' ') LIKE (small.indkey::text || ' %')`,
    [TABLES],
  );
  expect(redundant).toEqual([]);
});
