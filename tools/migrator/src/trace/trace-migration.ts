/**
 * Runs migrations in a scratch database while their locks are watched, and says what each did to the tables that were
 * there before it. Owns the measuring; whether what was measured is dangerous is `lint`'s to say. Without ledger,
 * migrator's lock or lock timeout: nobody else is in a scratch database.
 *
 * Not seen: what deferred constraints do at COMMIT, and locks of a view's or function's own statements that ended before
 * the migration's statement did (inside a transaction no lock ends before it).
 */
import type { Client } from 'pg';
import { connectSession, type Session } from '../apply/session';
import { watchStatements } from '../apply/watch-statements';
import { MigratorError } from '../errors';
import type { Direction, Migration } from '../model';
import { noOtherDatabases, tellOtherDatabases, type DatabaseOf } from '../other-databases';
import { connect } from '../pg/connect';
import { queryOf } from '../pg/query';
import { inlineParameters } from '../scratch/inline-parameters';
import { callingLine } from './calling-line';
import type { MigrationTrace } from './migration-trace';
import { readKnownTables, readProcessId, readSizes } from './observe-session';
import { compareFromHere, sendTraced, type TracedSession, type Tracing } from './send-traced';
import { startStopwatch } from './stopwatch';
import { TraceRecord } from './trace-record';

export interface TraceOptions {
  /** Default: up. */
  readonly direction?: Direction;
  /**
   * Makes the planner use an index wherever one serves, as it would on large tables: on a few synthetic rows it reads every
   * table from beginning to end. Falsifies times; leave it out where there is real data.
   */
  readonly preferIndexes?: boolean;
  /** Where the databases of other services are; nowhere when left out. */
  readonly databaseOf?: DatabaseOf;
  /** Called before each migration, when its transaction has not begun. */
  readonly onStart?: (migration: Migration) => Promise<void> | void;
  /** Takes each trace as soon as its migration has ended. */
  readonly onStep?: (trace: MigrationTrace) => Promise<void> | void;
}

/**
 * @param url of a scratch database that is ready for this migration
 * @throws MigratorError MIGRATION_FAILED, naming the migration; CANNOT_CONNECT
 */
export async function traceMigration(
  url: string,
  service: string,
  migration: Migration,
  options: TraceOptions = {},
): Promise<MigrationTrace> {
  const [trace] = await traceMigrations(url, service, [migration], options);
  return trace!;
}

/**
 * One after the other in one database.
 * @param migrations in the order in which to run them
 * @throws MigratorError as `traceMigration`
 */
export async function traceMigrations(
  url: string,
  service: string,
  migrations: readonly Migration[],
  options: TraceOptions = {},
): Promise<MigrationTrace[]> {
  const session = await connectSession(service, url);
  tellOtherDatabases(session.queryRunner, options.databaseOf ?? noOtherDatabases);
  let watcher: Promise<Client> | undefined;
  try {
    const traced: TracedSession = {
      client: (await session.queryRunner.connect()) as Client,
      query: session.query,
      pid: await readProcessId(session.query),
      watcher: async () => queryOf(await (watcher ??= connect(url, service))),
    };
    if (options.preferIndexes) await session.query('SET enable_seqscan = off');
    const traces: MigrationTrace[] = [];
    for (const migration of migrations) {
      await options.onStart?.(migration);
      const trace = await traceOne(session, traced, migration, options.direction ?? 'up');
      traces.push(trace);
      await options.onStep?.(trace);
    }
    return traces;
  } finally {
    await session.close();
    await (await watcher)?.end();
  }
}

async function traceOne(
  { queryRunner }: Session,
  session: TracedSession,
  migration: Migration,
  direction: Direction,
): Promise<MigrationTrace> {
  const { query } = session;
  const tables = await readKnownTables(query);
  const before = await readSizes(query);
  const record = new TraceRecord(tables);
  const stopwatch = startStopwatch();
  const tracing: Tracing = { session, tables, record, stopwatch };
  if (migration.transaction) {
    await queryRunner.startTransaction();
    await compareFromHere(tracing);
  }
  const lines: (number | null)[] = [];
  // One at a time, also when a migration does not wait: what is observed must be the doing of one statement.
  let turn: Promise<unknown> = Promise.resolve();
  const statements = watchStatements(queryRunner, (send, sql) => {
    const index = lines.push(callingLine(migration.path)) - 1;
    const traced = () => sendTraced(tracing, send, sql, index);
    const sent = turn.then(traced, traced);
    turn = sent;
    return sent;
  });
  try {
    try {
      await new migration.migrationClass()[direction](queryRunner);
    } finally {
      // The COMMIT is ours, not one of the migration's statements.
      statements.stop();
    }
    if (migration.transaction) await queryRunner.commitTransaction();
  } catch (error) {
    throw tracingFailed(migration, direction, error);
  }
  record.transactionEnded(stopwatch.now());
  const durationMs = stopwatch.now();
  const after = await readSizes(query);
  const work = record.tableWork();
  return {
    migration: migration.name,
    transaction: migration.transaction,
    durationMs,
    statements: statements.sent.map(({ sql, parameters }) => inlineParameters(sql, parameters)),
    lines,
    locks: record.locks(),
    work,
    rewritten: [...new Set(work.filter(({ kind }) => kind === 'rewrite').map(({ table }) => table))].sort(),
    walBytes: after.walBytes - before.walBytes,
    diskBytes: after.diskBytes - before.diskBytes,
  };
}

function tracingFailed(migration: Migration, direction: Direction, error: unknown): MigratorError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MigratorError(
    'MIGRATION_FAILED',
    `${migration.service}: running ${migration.name} (${direction}) in a scratch database failed: ${reason}\nfile: ${migration.file}`,
    { cause: error },
  );
}
