/**
 * A backup of the kind `template`: a database beside the original, which Postgres copies only while nobody is connected to it.
 * Other migrators are waited for; anybody else stops it. While it is being made its name says so, and when it is complete
 * nobody can connect to it any more: it can be copied and dropped, and not changed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import { withConnection } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { MAINTENANCE_DATABASE } from '../pg/create-database';
import { queryOf, type Query } from '../pg/query';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import type { BackupContent } from './backup-content';
import { cloneName, unfinishedCloneName } from './backup-id';
import { createClone, databaseBytes, readLocale } from './create-copy';
import { describeSessions, isMigrator, sessionsIn } from './sessions-in';
import { beginSnapshot, readTableFacts } from './table-facts';

const POLL_MS = 150;
/** A session that has just ended is seen for a moment. */
const TELL_AFTER_MS = 1_000;
const TELL_AGAIN_MS = 60_000;
const GIVE_UP_MS = 10 * 60_000;
const UNSEEN = 'what is no session (a prepared transaction?)';

/** A database to copy, and what to say while that cannot be. */
export interface Original {
  readonly service: string;
  readonly url: string;
  /** What to do about sessions that stand in the way, besides ending them. */
  readonly wayOut: string;
  /** Told for whom it waits, at once and then every minute. */
  readonly onWait: (who: string) => void;
}

export interface CloneRequest extends Original {
  readonly readMigrations: (query: Query) => Promise<readonly string[]>;
}

/**
 * The clone has its unfinished name; the caller gives it the other one, or drops it.
 * @throws MigratorError BACKUP_IMPOSSIBLE
 */
export async function cloneDatabase(request: CloneRequest, id: string): Promise<BackupContent> {
  const { service, url, readMigrations } = request;
  const unfinished = unfinishedCloneName(id);
  return onServer(url, service, async (query) => {
    await cloneWhenFree(query, unfinished, request);
    const read = await withConnection(withDatabase(url, unfinished, service), service, async (client) => {
      await beginSnapshot(queryOf(client));
      return {
        tables: await readTableFacts(queryOf(client)),
        migrations: await readMigrations(queryOf(client)),
      };
    });
    return {
      ...read,
      locale: await readLocale(query, unfinished),
      bytes: await databaseBytes(query, unfinished),
    };
  });
}

/** Gives the clone its name for good. */
export async function finishClone(url: string, service: string, id: string): Promise<void> {
  const [from, to] = [escapeIdentifier(unfinishedCloneName(id)), escapeIdentifier(cloneName(id))];
  await onServer(url, service, async (query) => {
    await query(`ALTER DATABASE ${from} WITH ALLOW_CONNECTIONS false`);
    await renameWhenLeft(query, `ALTER DATABASE ${from} RENAME TO ${to}`);
  });
}

/** Also one that is only half there, or not at all. */
export async function dropClone(url: string, service: string, id: string): Promise<void> {
  await onServer(url, service, async (query) => {
    for (const name of [unfinishedCloneName(id), cloneName(id)]) {
      await query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    }
  });
}

/** Runs `work` in a session of the server's maintenance database, from which others are made, renamed and dropped. */
export function onServer<T>(url: string, service: string, work: (query: Query) => Promise<T>): Promise<T> {
  return withConnection(withDatabase(url, MAINTENANCE_DATABASE, service), service, (client) =>
    work(queryOf(client)),
  );
}

/**
 * Makes the database `name` as soon as nobody is connected to the original. It asks and tries again rather than wait inside
 * Postgres, where a waiting CREATE DATABASE keeps everybody from connecting.
 * @throws MigratorError BACKUP_IMPOSSIBLE
 */
export async function cloneWhenFree(query: Query, name: string, from: Original): Promise<void> {
  const original = databaseName(from.url, from.service);
  const giveUpAt = Date.now() + GIVE_UP_MS;
  let tellAt = Date.now() + TELL_AFTER_MS;
  for (;;) {
    const sessions = await sessionsIn(query, original);
    if (sessions.some((session) => !isMigrator(session)) || Date.now() > giveUpAt) {
      throw impossible(from, original, describeSessions(sessions));
    }
    if (sessions.length === 0 && (await tryClone(query, name, original))) return;
    if (Date.now() >= tellAt) {
      from.onWait(sessions.length > 0 ? describeSessions(sessions).trim() : UNSEEN);
      tellAt = Date.now() + TELL_AGAIN_MS;
    }
    await pause(POLL_MS / 2 + Math.random() * POLL_MS);
  }
}

async function tryClone(query: Query, name: string, original: string): Promise<boolean> {
  try {
    await createClone(query, name, original);
    return true;
  } catch (error) {
    if (sqlstateOf(error) === SQLSTATE.objectInUse) return false;
    throw error;
  }
}

/** The session that has just read the clone may need a moment to be gone; Postgres itself waits for it, five seconds. */
async function renameWhenLeft(query: Query, rename: string): Promise<void> {
  try {
    await query(rename);
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.objectInUse) throw error;
    await query(rename);
  }
}

function impossible({ service, wayOut }: Original, original: string, who: string): MigratorError {
  const there = who === '' ? `${UNSEEN}. ` : `this:\n${who}\n`;
  return new MigratorError(
    'BACKUP_IMPOSSIBLE',
    `${service}: ${original} cannot be backed up while it is used, and it is used by ${there}${wayOut}`,
  );
}
