import { crossServiceReferences } from '@hockey-hub/shared-lib';
import { itKeepsSchemaRules, MESSAGING_TABLES, useDatabase } from '@hockey-hub/shared-lib/src/testing';
import { trainingDatabase } from '../../src/training-database';

const TABLES = [
  'development_goals',
  'development_plans',
  'exercise_executions',
  'exercise_templates',
  'exercises',
  'known_organizations',
  'known_team_memberships',
  'known_teams',
  'known_users',
  'player_evaluations',
  'player_workout_loads',
  'session_templates',
  'workout_assignments',
  'workout_executions',
  'workout_sessions',
];

const context = useDatabase(trainingDatabase);

itKeepsSchemaRules(context, { tables: TABLES, exemptTables: MESSAGING_TABLES, foreignKeyCount: 9 });

it('declares every id that is not a key of its own as a reference to another service', async () => {
  // In the catalog: each uuid column that is neither a key nor a foreign key, whatever the entities say.
  const { rows } = await context.client.query<{ column: string }>(
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
    ['known_team_memberships.team_id', 'user-service.teams'],
    ['known_team_memberships.user_id', 'user-service.users'],
    ['known_teams.organization_id', 'user-service.organizations'],
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
    const indexes = await context.column<string>(
      `SELECT indexrelid::regclass::text FROM pg_index JOIN pg_attribute
           ON attrelid = indrelid AND attnum = indkey[0]
        WHERE indrelid = $1::regclass AND attname = $2 AND indisvalid AND indpred IS NULL`,
      [table, name],
    );
    expect([table, name, indexes.length]).toEqual([table, name, 1]);
  }
});

it('has no index that another one already contains', async () => {
  const redundant = await context.column<string>(
    `SELECT small.indexrelid::regclass::text FROM pg_index AS small JOIN pg_index AS large
         ON small.indrelid = large.indrelid AND small.indexrelid <> large.indexrelid
      WHERE small.indrelid = ANY ($1::regclass[]) AND NOT small.indisunique
        AND large.indpred IS NULL
        AND (large.indkey::text || ' ') LIKE (small.indkey::text || ' %')`,
    [TABLES],
  );
  expect(redundant).toEqual([]);
});
