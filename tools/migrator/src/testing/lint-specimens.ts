/** What rules of `migration-lint` are shown in tests, and how one migration is judged by all of them. */
import { createTestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { EntityFacts, MigrationFacts, ServiceFacts } from '../lint/facts';
import type { Finding } from '../lint/finding';
import { lintService } from '../lint/lint-service';
import { runSquawk } from '../lint/run-squawk';
import { EXCLUDED_RULES } from '../lint/squawk-rules';
import type { Migration } from '../model';
import { traceWithRows } from '../trace/trace-with-rows';
import { sqlMigration } from './sql-migration';

/** What is there before the migration in question. */
const CLUB = [
  'CREATE TABLE teams (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar(50) NOT NULL)',
  `CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email varchar(100), age smallint,
     team_id uuid REFERENCES teams, mentor uuid)`,
  'CREATE INDEX ix_users_team_id ON users (team_id)',
];

export interface LintSpecimen {
  readonly entities?: EntityFacts;
  readonly others?: ReadonlyMap<string, EntityFacts>;
  readonly known?: readonly string[];
  readonly now?: number;
}

/** @returns the findings of the last migration, and those of no migration before it */
export async function lintMigrations(
  migrations: readonly Migration[],
  { entities, others = new Map(), known = [], now = Date.now() }: LintSpecimen = {},
): Promise<Finding[]> {
  const database = await createTestDatabase();
  try {
    const traced = await traceWithRows(database.url, 'user-service', [sqlMigration(CLUB), ...migrations]);
    const facts: ServiceFacts = {
      service: 'user-service',
      migrations: await Promise.all(
        traced.map(async ({ migration, trace, after, refusedByRows }): Promise<MigrationFacts> => ({
          migration,
          trace,
          after,
          refusedByRows,
          squawk: await runSquawk(trace.statements, {
            transaction: migration.transaction,
            postgresVersion: '15.0',
            exclude: EXCLUDED_RULES,
          }),
        })),
      ),
      entities: entities ?? null,
      others,
      isKnown: (reference) => known.includes(reference),
      now,
    };
    return lintService(facts);
  } finally {
    await database.drop();
  }
}

export function lintMigration(
  statements: readonly string[],
  more: Partial<Migration> = {},
  specimen?: LintSpecimen,
) {
  return lintMigrations([sqlMigration(statements, more)], specimen);
}
