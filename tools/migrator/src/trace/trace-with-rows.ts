/**
 * A service's migrations, one after the other in one scratch database, each traced on tables that were filled with
 * synthetic rows just before it. What runs on empty tables alone is traced on empty tables, and said to be so.
 */
import type { Catalog } from '../catalog/catalog';
import { readCatalog } from '../catalog/read-catalog';
import { MigratorError } from '../errors';
import type { Migration } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay } from '../scratch/replay';
import { withScratchDatabases } from '../scratch/scratch-database';
import { fillWithRows } from '../scratch/synthetic-rows';
import type { MigrationTrace } from './migration-trace';
import { traceMigrations } from './trace-migration';

export interface TracedMigration {
  readonly migration: Migration;
  readonly trace: MigrationTrace;
  /** The schema after it. */
  readonly after: Catalog;
  /** Why it did not run with rows in the tables; null when it did. */
  readonly refusedByRows: string | null;
  /** Tables that were there before it and could not be given rows, by `qualifiedName`. */
  readonly withoutRows: readonly string[];
}

/**
 * @param url any database of the server; its role needs CREATEDB
 * @param migrations in the order in which to run them
 * @throws MigratorError MIGRATION_FAILED, when a migration fails on empty tables, too
 */
export async function traceWithRows(
  url: string,
  service: string,
  migrations: readonly Migration[],
): Promise<TracedMigration[]> {
  const traced: TracedMigration[] = [];
  let refusal: string | null = null;
  while (traced.length < migrations.length) {
    const done = traced.length;
    try {
      await traceFrom(url, service, migrations, refusal, traced);
    } catch (error) {
      const failedAgain = refusal !== null && traced.length === done;
      if (failedAgain || !(error instanceof MigratorError) || error.code !== 'MIGRATION_FAILED') throw error;
      refusal = reasonOf(error);
    }
  }
  return traced;
}

/** Goes on where `traced` ends, in a database of its own. A first migration that rows refused gets none. */
async function traceFrom(
  url: string,
  service: string,
  migrations: readonly Migration[],
  refusal: string | null,
  traced: TracedMigration[],
): Promise<void> {
  const from = traced.length;
  await withScratchDatabases(url, service, 1, (scratch) =>
    withConnection(scratch, service, async (client) => {
      const query = queryOf(client);
      if (from > 0) await replay(scratch, service, migrations.slice(0, from));
      let before = await readCatalog(query);
      let withoutRows: readonly string[] = [];
      await traceMigrations(scratch, service, migrations.slice(from), {
        preferIndexes: true,
        onStart: async () => {
          const isRefused = refusal !== null && traced.length === from;
          withoutRows = isRefused
            ? Object.keys(before.tables)
            : (await fillWithRows(query, before)).empty.map(({ table }) => table);
        },
        onStep: async (trace) => {
          const refusedByRows = traced.length === from ? refusal : null;
          const after = await readCatalog(query);
          traced.push({ migration: migrations[traced.length]!, trace, after, refusedByRows, withoutRows });
          before = after;
        },
      });
    }),
  );
}

function reasonOf({ cause }: MigratorError): string {
  return cause instanceof Error ? cause.message : String(cause);
}
