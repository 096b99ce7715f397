/**
 * Databases that live as long as one question: made on the service's own server, dropped when it is answered.
 * Owns their names, their end, and the sweep of those whose process was killed before it could drop them.
 */
import { randomBytes } from 'node:crypto';
import { escapeIdentifier, type Client } from 'pg';
import { MigratorError } from '../errors';
import { connect } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import { MAINTENANCE_DATABASE } from '../pg/create-database';
import { fulfilled } from './fulfilled';

const PREFIX = 'migrator_scratch_';
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

/** Makes scratch databases while a question is worked on. */
export interface ScratchDatabases {
  /** A new empty one. @returns its URL */
  create(): Promise<string>;
  /**
   * Several new empty ones at once.
   * @param meanwhile what this process can do while the server makes them
   */
  createSeveral<T>(
    count: number,
    meanwhile: () => T | Promise<T>,
  ): Promise<{ readonly urls: string[]; readonly done: T }>;
  /** A copy of another one, to which nobody may be connected at that moment. @returns its URL */
  copy(of: string): Promise<string>;
  /** Before the end, when many are made. */
  drop(url: string): Promise<void>;
}

/**
 * Runs `work`, and drops every database that it made, whatever happens.
 * @param url any database on the server; its role needs CREATEDB
 * @throws MigratorError CANNOT_CREATE_DATABASE, CANNOT_CONNECT
 */
export async function withScratch<T>(
  url: string,
  service: string,
  work: (scratch: ScratchDatabases) => Promise<T>,
): Promise<T> {
  const maintenance = withDatabase(url, MAINTENANCE_DATABASE, service);
  return withSessions(maintenance, service, async (sessions) => {
    const [client] = await sessions(1);
    await dropAbandoned(client);
    const names = new Set<string>();
    const make = async (template: string, session = client) => {
      const name = `${PREFIX}${Date.now()}_${randomBytes(4).toString('hex')}`;
      names.add(name);
      await create(session, service, name, template);
      return withDatabase(url, name, service);
    };
    const [worked] = await Promise.allSettled([
      work({
        create: () => make('template0'),
        createSeveral: async (count, meanwhile) => {
          const makeAll = async () => {
            const each = await sessions(count);
            return Promise.allSettled(each.map((session) => make('template0', session)));
          };
          // None may still be in the making when the others are dropped.
          const [made, done] = await Promise.allSettled([makeAll(), Promise.resolve().then(meanwhile)]);
          return { done: fulfilled(done), urls: fulfilled(made).map(fulfilled) };
        },
        copy: (of) => make(databaseName(of, service)),
        drop: async (made) => {
          const name = databaseName(made, service);
          if (!names.has(name)) return;
          await drop(client, name);
          names.delete(name);
        },
      }),
    ]);
    const [dropped] = await Promise.allSettled([dropAll([...names], sessions)]);
    // What went wrong in the work says more than that its databases are left to a later sweep.
    const result = fulfilled(worked);
    fulfilled(dropped);
    return result;
  });
}

/** All of them, also when one of them cannot be; one after the other where the server has no more sessions to give. */
async function dropAll(names: readonly string[], sessions: Sessions): Promise<void> {
  const open = await sessions(names.length).catch(() => sessions(1));
  const drops = open.map(async (session, turn) => {
    const ends: PromiseSettledResult<void>[] = [];
    for (const name of names.filter((_, index) => index % open.length === turn)) {
      ends.push(...(await Promise.allSettled([drop(session, name)])));
    }
    ends.forEach(fulfilled);
  });
  (await Promise.allSettled(drops)).forEach(fulfilled);
}

type Sessions = (count: number) => Promise<[Client, ...Client[]]>;

/** @param work asks for as many sessions as it needs, at least one: a session does one thing at a time. It gets the same ones again. */
async function withSessions<T>(
  url: string,
  service: string,
  work: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const open: Client[] = [];
  try {
    return await work(async (count) => {
      const missing = Array.from({ length: Math.max(count, 1) - open.length }, async () => {
        open.push(await connect(url, service));
      });
      (await Promise.allSettled(missing)).forEach(fulfilled);
      return open.slice(0, Math.max(count, 1)) as [Client, ...Client[]];
    });
  } finally {
    await Promise.all(open.map((session) => session.end()));
  }
}

/** `withScratch` for those who know how many empty databases they need. */
export async function withScratchDatabases<T>(
  url: string,
  service: string,
  count: number,
  work: (...urls: string[]) => Promise<T>,
): Promise<T> {
  return withScratch(url, service, async (scratch) => {
    const { urls } = await scratch.createSeveral(count, () => undefined);
    return work(...urls);
  });
}

async function create(client: Client, service: string, name: string, template: string): Promise<void> {
  try {
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`);
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.insufficientPrivilege) throw error;
    throw new MigratorError(
      'CANNOT_CREATE_DATABASE',
      `${service}: this needs a scratch database on the service's server, and the role in its database URL may not make one. ` +
        'Give the role CREATEDB (ALTER ROLE ... CREATEDB), or point the URL at a server for development.',
      { cause: error },
    );
  }
}

/** FORCE ends the sessions that a failed piece of work may have left in it. */
async function drop(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

/**
 * A name says when it was made; an old one that nobody is connected to belongs to nobody. What is another role's stays
 * for a migrator of that role, and what somebody connects to at this very moment is not abandoned.
 */
async function dropAbandoned(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d
     WHERE datname ~ ('^' || $1 || '[0-9]{1,15}_') AND pg_has_role(d.datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    [PREFIX],
  );
  const madeBefore = Date.now() - ABANDONED_AFTER_MS;
  for (const { name } of rows) {
    if (Number.parseInt(name.slice(PREFIX.length), 10) >= madeBefore) continue;
    try {
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
    } catch (error) {
      if (sqlstateOf(error) !== SQLSTATE.objectInUse) throw error;
    }
  }
}
