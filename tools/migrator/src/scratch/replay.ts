/** Runs migrations in a scratch database, without ledger, lock or events, and can tell every statement they sent. */
import type { QueryRunner } from 'typeorm';
import { runMigration } from '../apply/run-migration';
import { connectSession } from '../apply/session';
import { watchStatements } from '../apply/watch-statements';
import { MigratorError } from '../errors';
import type { Direction, Migration } from '../model';
import { noOtherDatabases, tellOtherDatabases } from '../other-databases';
import { inlineParameters } from './inline-parameters';

/** What one migration sent, in order, its parameters in place. */
export interface RecordedMigration {
  readonly migration: Migration;
  readonly statements: readonly string[];
}

/**
 * @param migrations in the order in which to run them
 * @throws MigratorError MIGRATION_FAILED, naming the migration
 */
export async function replay(
  url: string,
  service: string,
  migrations: readonly Migration[],
  direction: Direction = 'up',
): Promise<RecordedMigration[]> {
  const session = await connectSession(service, url);
  tellOtherDatabases(session.queryRunner, noOtherDatabases);
  try {
    const recorded: RecordedMigration[] = [];
    for (const migration of migrations) {
      recorded.push({ migration, statements: await record(session.queryRunner, migration, direction) });
    }
    return recorded;
  } finally {
    await session.close();
  }
}

async function record(
  queryRunner: QueryRunner,
  migration: Migration,
  direction: Direction,
): Promise<string[]> {
  if (migration.transaction) await queryRunner.startTransaction();
  const statements = watchStatements(queryRunner);
  try {
    await runMigration(queryRunner, migration, direction, migration.transaction);
  } catch (error) {
    throw new MigratorError(
      'MIGRATION_FAILED',
      `${migration.service}: replaying ${migration.name} (${direction}) in a scratch database failed: ` +
        `${error instanceof Error ? error.message : String(error)}\nfile: ${migration.file}`,
      { cause: error },
    );
  } finally {
    statements.stop();
  }
  if (migration.transaction) await queryRunner.commitTransaction();
  return statements.sent.map(({ sql, parameters }) => inlineParameters(sql, parameters));
}
