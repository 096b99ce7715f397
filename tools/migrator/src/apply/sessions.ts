/**
 * The sessions of one run. They connect all at once; the locks are taken one after the other in the order of the
 * services' names, which is the same for every migrator: two that need the same databases can wait for each other, but
 * never both at once.
 */
import type { RunEvent } from '../model';
import { databaseName } from '../pg/connection-url';
import { createDatabase } from '../pg/create-database';
import { claimDatabase, connectSession, type Session, type SessionSettings } from './session';

export interface SessionTarget {
  readonly service: string;
  readonly url: string;
  /** Whether there was no such database a moment ago; it is made then. */
  readonly missing: boolean;
}

export interface OpenedSessions {
  readonly sessions: ReadonlyMap<string, Session>;
  /** What was thrown where a session could not be opened. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** Closes every session when `work` ends, and with it the migrator's locks. */
export async function withSessions<T>(
  targets: readonly SessionTarget[],
  settings: SessionSettings,
  onEvent: (event: RunEvent) => void,
  work: (opened: OpenedSessions) => Promise<T>,
): Promise<T> {
  const sessions = new Map<string, Session>();
  const failures = new Map<string, unknown>();
  const attempt = async (service: string, step: () => Promise<void>) => {
    try {
      await step();
    } catch (error) {
      failures.set(service, error);
      await sessions.get(service)?.close();
      sessions.delete(service);
    }
  };
  try {
    await Promise.all(
      targets.map((target) =>
        attempt(target.service, async () => {
          await createIfMissing(target, onEvent);
          sessions.set(target.service, await connectSession(target.service, target.url, settings));
        }),
      ),
    );
    for (const [service, session] of [...sessions].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await attempt(service, () => claimDatabase(session, onEvent));
    }
    return await work({ sessions, failures });
  } finally {
    await Promise.all([...sessions.values()].map((session) => session.close()));
  }
}

async function createIfMissing({ service, url, missing }: SessionTarget, onEvent: (event: RunEvent) => void) {
  if (missing && (await createDatabase(url, service))) {
    onEvent({ type: 'database-created', service, database: databaseName(url, service) });
  }
}
