/**
 * One service's session of one run: the only connection that changes its database. It holds the migrator's
 * advisory lock from before the ledger is read for the last time until the run ends, on the very connection that
 * runs the migrations: if either dies, both do.
 */
import { DataSource, type QueryRunner } from 'typeorm';
import { MigratorError } from '../errors';
import { ensureLedger, readLedger } from '../ledger/ledger';
import type { RunEvent } from '../model';
import { APPLICATION_NAME } from '../pg/connect';
import type { Query } from '../pg/query';
import { acquireMigratorLock } from './migrator-lock';

export interface SessionSettings {
  /** How long one statement may queue for a lock before its migration gives way and tries again. */
  readonly lockTimeoutMs: number;
  /** 0: no limit. */
  readonly statementTimeoutMs: number;
}

export interface Session {
  readonly service: string;
  readonly queryRunner: QueryRunner;
  readonly query: Query;
  readonly settings: SessionSettings;
  /** In milliseconds, from the next statement on; 0 waits without limit. */
  setLockTimeout(value: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Waits for the migrator's lock, and then makes the session ready to apply.
 * @throws MigratorError DATABASE_NOT_ADOPTED
 */
export async function claimDatabase(session: Session, onEvent: (event: RunEvent) => void): Promise<void> {
  const { service, queryRunner, query } = session;
  await acquireMigratorLock(query, (holder) => onEvent({ type: 'waiting-for-lock', service, holder }));
  await queryRunner.startTransaction();
  await refuseForeign(session);
  await ensureLedger(query);
  await queryRunner.commitTransaction();
  await applySettings(session);
}

/** The plan was made without the lock: a database that was empty or missing then may be somebody else's by now. */
async function refuseForeign({ service, query }: Session): Promise<void> {
  const { state } = await readLedger(service, query);
  if (state !== 'foreign') return;
  throw new MigratorError(
    'DATABASE_NOT_ADOPTED',
    `${service}: somebody else made tables in its database after this run was planned, and there is no record of migrations. ` +
      'Such a database is never touched. If it is the wrong database, correct the URL; if it is the right one, its baseline must ' +
      'be recorded first (`migration-adopt`).',
    { services: [service] },
  );
}

/**
 * A session without the lock: what scratch databases need, and what `claimDatabase` begins with.
 * @throws MigratorError CANNOT_CONNECT
 */
export async function connectSession(
  service: string,
  url: string,
  settings: SessionSettings = { lockTimeoutMs: 0, statementTimeoutMs: 0 },
): Promise<Session> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: APPLICATION_NAME,
    // A migration sees no entities: they change after it was written.
    entities: [],
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: 2,
  });
  const queryRunner = await startDataSource(service, dataSource);
  // Bound before any migration may watch or wrap the runner's method.
  const send = queryRunner.query.bind(queryRunner) as Query;
  return {
    service,
    queryRunner,
    settings,
    query: send,
    setLockTimeout: async (value) => {
      await send(`SELECT set_config('lock_timeout', $1, false)`, [String(value)]);
    },
    close: async () => {
      await queryRunner.release();
      await dataSource.destroy();
    },
  };
}

async function startDataSource(service: string, dataSource: DataSource): Promise<QueryRunner> {
  try {
    await dataSource.initialize();
    const queryRunner = dataSource.createQueryRunner();
    await queryRunner.connect();
    return queryRunner;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw new MigratorError(
      'CANNOT_CONNECT',
      `${service}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

async function applySettings({ query, settings }: Session): Promise<void> {
  // Autovacuum gives its lock up only once the waiter has waited for deadlock_timeout, a second by default. Setting it
  // needs the privilege: without it, a lock timeout below a second can fail for as long as autovacuum works.
  // https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-DEADLOCK-TIMEOUT
  await query(
    `SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false),
            CASE WHEN has_parameter_privilege(current_user, 'deadlock_timeout', 'SET')
              THEN set_config('deadlock_timeout', '100ms', false) END`,
    [String(settings.lockTimeoutMs), String(settings.statementTimeoutMs)],
  );
}
