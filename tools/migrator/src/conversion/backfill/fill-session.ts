/**
 * A worker's own session: set up for fills, and opened again when it breaks. What a worker does is one statement or one
 * transaction at a time, and each says by itself whether it happened, so any of them may be sent again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { MigratorError } from '../../errors';
import { backoffMs } from '../../pg/backoff';
import type { Query } from '../../pg/query';
import { sqlstateOf } from '../../pg/sqlstate';
import type { ConversionDatabase } from '../conversion-database';
import { FILLING_SETTING } from '../pairing/pairing-names';

/** Far below the second after which Postgres looks for deadlocks: in a circle with a client it is we who give way. */
const LOCK_TIMEOUT_MS = 20;
/** How long a server may be away: a failover, a restart. */
const PATIENCE_MS = 120_000;

/** Statements are planned once for all batches, and only one plan suits them: few rows, by place, each pair by its index. */
const SETTINGS = `
  SET default_transaction_isolation = 'read committed';
  SET default_transaction_read_only = off;
  SET statement_timeout = 0;
  SET lock_timeout = ${LOCK_TIMEOUT_MS};
  SET row_security = off;
  SET jit = off;
  SET plan_cache_mode = force_generic_plan;
  SET max_parallel_workers_per_gather = 0;
  SET enable_seqscan = off;
  SET enable_hashjoin = off;
  SET enable_mergejoin = off;
  SET enable_memoize = off;
  SET ${FILLING_SETTING} = 'on'`;

/**
 * A fill changes no value that a trigger could be about: neither `updatedAt` nor an audit trail must tell of it. Where the role
 * may say so (superusers, GRANT SET ON PARAMETER session_replication_role), no trigger fires; elsewhere at least those of the
 * pairing don't, by FILLING_SETTING.
 */
const WITHOUT_TRIGGERS = `
  SELECT set_config('session_replication_role', 'replica', false)
   WHERE has_parameter_privilege(current_user, 'session_replication_role', 'SET')`;

/**
 * A batch that a crash takes back takes back what is said of it as well, and is done again; so nobody need wait for the disk, and
 * clients not for a batch that does. Whoever records the end of the fill waits, and then all before it is safe.
 * https://www.postgresql.org/docs/current/wal-async-commit.html
 */
const WITHOUT_WAITING_FOR_DISK = `SET synchronous_commit = off`;

const IDENTITY = `
  SELECT pg_backend_pid() AS "pid", pg_backend_pid() || ':' || extract(epoch FROM backend_start) AS "identity"
    FROM pg_stat_activity WHERE pid = pg_backend_pid()`;

export interface OpenSession {
  /** Prepares each text once. */
  readonly query: Query;
  /** For COPY. */
  readonly client: Client;
  readonly pid: number;
  /** Tells the session from every other one, of other times too. */
  readonly identity: string;
}

export class FillSession {
  private open: (OpenSession & { isGone: boolean }) | undefined;

  /** @param mayRepeat whether what is done can be done again after a crash, with the same result */
  constructor(
    private readonly database: ConversionDatabase,
    private readonly mayRepeat = false,
  ) {}

  /** The server's process, when connected. */
  get pid(): number | undefined {
    return this.open?.pid;
  }

  /**
   * Does `work`, again in a new session when the old one breaks under it.
   * @throws MigratorError CANNOT_CONNECT when the server stays away for two minutes; whatever else `work` throws
   */
  async run<T>(work: (session: OpenSession) => Promise<T>): Promise<T> {
    const givesUpAt = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      let connected = false;
      try {
        const session = await this.connected();
        connected = true;
        return await work(session);
      } catch (error) {
        if (connected && !this.broke(error)) throw error;
        if (!connected && !isAway(error)) throw error;
        if (Date.now() > givesUpAt) throw error;
        await this.end();
        await pause(backoffMs(attempt));
      }
    }
  }

  async end(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    // A connection that is gone has nothing left to end.
    if (open && !open.isGone) await open.client.end();
  }

  private lostAtOnce(cause: unknown): MigratorError {
    return new MigratorError(
      'CANNOT_CONNECT',
      `${this.database.service}: the server ended a connection that it had just accepted. Look into its log.`,
      { cause },
    );
  }

  /** The driver has no code for a connection that ended under a query, but it tells before the query fails. */
  private broke(error: unknown): boolean {
    return this.open === undefined || this.open.isGone || isAway(error);
  }

  private async connected(): Promise<OpenSession> {
    if (this.open && !this.open.isGone) return this.open;
    this.open = undefined;
    const client = await this.database.connect();
    const session = { client, isGone: false, query: preparedQuery(client), pid: 0, identity: '' };
    client.once('end', () => (session.isGone = true));
    client.once('error', () => (session.isGone = true));
    try {
      await client.query(SETTINGS);
      await client.query(WITHOUT_TRIGGERS);
      if (this.mayRepeat) await client.query(WITHOUT_WAITING_FOR_DISK);
      const { rows } = await client.query<Pick<OpenSession, 'pid' | 'identity'>>(IDENTITY);
      this.open = Object.assign(session, rows[0]);
    } catch (error) {
      await client.end();
      // What has no SQLSTATE is not the server's answer.
      if (session.isGone || sqlstateOf(error) === undefined) throw this.lostAtOnce(error);
      throw error;
    }
    return this.open;
  }
}

/**
 * Does `work`, which reads whole tables, with plans for that instead of those for batches.
 * @param session for the time being nobody else's
 */
export async function readingAll<T>({ query }: OpenSession, work: (query: Query) => Promise<T>): Promise<T> {
  await setPlans(query, 'on');
  const result = await work(query);
  await setPlans(query, 'off');
  return result;
}

const setPlans = (query: Query, value: 'on' | 'off') =>
  query(
    `SELECT set_config(name, $1, false) FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) AS name`,
    [value],
  );

function preparedQuery(client: Client): Query {
  const names = new Map<string, string>();
  return async <Row>(text: string, values: unknown[] = []) => {
    const name = names.get(text) ?? `fill_${names.size + 1}`;
    names.set(text, name);
    return (await client.query({ name, text, values })).rows as Row[];
  };
}

/** Classes of SQLSTATE that say that the server is away, not that a statement is wrong. */
const AWAY = /^(08...|57P0[1-5]|53300)$/;
const REFUSED = /^28...$/;

/** Whether the same may succeed with a new connection. */
function isAway(error: unknown): boolean {
  if (error instanceof MigratorError) {
    return error.code === 'CANNOT_CONNECT' && !REFUSED.test(sqlstateOf(error.cause) ?? '');
  }
  const state = sqlstateOf(error);
  if (state !== undefined) return AWAY.test(state);
  return error instanceof Error && 'errno' in error;
}
