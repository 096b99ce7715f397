/**
 * One migrator at a time backs up a database, and keeps its turn until it has changed what it wanted to change: of twenty
 * that are started at once, one takes a backup and the others find nothing left to do. A session advisory lock, which
 * Postgres gives back when the session ends. It stands where its holder disturbs nobody: a dump's in the database
 * itself, a clone's in the maintenance database, because the original must be left alone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { MAINTENANCE_DATABASE } from '../pg/create-database';
import { queryOf } from '../pg/query';
import type { BackupKind } from './manifest';

/** Any number that nobody else uses; the second one is the database's. "back". */
const LOCK_CLASS = 0x6261636b;
const POLL_MS = 150;
const TELL_AGAIN_MS = 60_000;

export interface BackupTurn {
  /** Whether somebody else had it first: then what this migrator knows of the database may be old. */
  readonly waited: boolean;
  end(): Promise<void>;
}

/** @param onWait told that it waits, at once and then every minute */
export async function takeTurn(
  url: string,
  service: string,
  kind: BackupKind,
  onWait: () => void,
): Promise<BackupTurn> {
  const client = await connect(
    kind === 'template' ? withDatabase(url, MAINTENANCE_DATABASE, service) : url,
    service,
  );
  try {
    const query = queryOf(client);
    let waited = false;
    let tellAt = 0;
    for (;;) {
      const [row] = await query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked',
        [LOCK_CLASS, databaseName(url, service)],
      );
      if (row!.locked) return { waited, end: () => client.end() };
      waited = true;
      if (Date.now() >= tellAt) {
        onWait();
        tellAt = Date.now() + TELL_AGAIN_MS;
      }
      await pause(POLL_MS / 2 + Math.random() * POLL_MS);
    }
  } catch (error) {
    await client.end();
    throw error;
  }
}
