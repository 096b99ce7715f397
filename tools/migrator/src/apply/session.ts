/**
 * One service's session of one run: the only connection that changes its database. It holds the migrator's
 * advisory lock from before the ledger is read for the last time until the run ends, on the very connection that
 * runs the migrations: if either dies, both do.
 */
import { DataSource, type QueryRunner } from 'typeorm';
import { MigratorError } from '../errors';
import { ensureLedger, type Query } from '../ledger/ledger';
import type { RunEvent } from '../model';
import { APPLICATION_NAME } from '../pg/connect';
import { databaseName } from '../pg/connection-url';
import { connectIfExists, createDatabase } from '../pg/create-database';
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
  /** Changes a setting of this session, in milliseconds. */
  set(setting: 'lock_timeout' | 'statement_timeout', value: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects, creating the database where it is missing, and waits for the lock.
 * @throws MigratorError CANNOT_CONNECT
 */
export async function openSession(
  service: string,
  url: string,
  settings: SessionSettings,
  onEvent: (event: RunEvent) => void,
): Promise<Session> {
  if (await createDatabaseIfMissing(url, service)) {
    onEvent({ type: 'database-created', service, database: databaseName(url, service) });
  }
  const session = await connectSession(service, url, settings);
  try {
    await acquireMigratorLock(session.query, (holder) =>
      onEvent({ type: 'waiting-for-lock', service, holder }),
    );
    await prepareLedger(session);
    await applySettings(session);
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** A session without the lock and without history tables, for scratch databases. */
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
    set: async (setting, value) => {
      await send('SELECT set_config($1, $2, false)', [setting, String(value)]);
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

async function createDatabaseIfMissing(url: string, service: string): Promise<boolean> {
  const client = await connectIfExists(url, service);
  if (client) {
    await client.end();
    return false;
  }
  return createDatabase(url, service);
}

async function prepareLedger({ queryRunner, query }: Session): Promise<void> {
  await queryRunner.startTransaction();
  await ensureLedger(query);
  await queryRunner.commitTransaction();
}

async function applySettings({ query, set, settings }: Session): Promise<void> {
  await set('lock_timeout', settings.lockTimeoutMs);
  await set('statement_timeout', settings.statementTimeoutMs);
  // Autovacuum gives its lock up only once the waiter has waited for deadlock_timeout, a second by default. Setting it
  // needs the privilege: without it, a lock timeout below a second can fail for as long as autovacuum works.
  // https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-DEADLOCK-TIMEOUT
  await query(`SELECT set_config('deadlock_timeout', '100ms', false)
               WHERE has_parameter_privilege(current_user, 'deadlock_timeout', 'SET')`);
}
