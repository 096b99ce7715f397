/**
 * The sessions of one run. Opened one after the other in the order of the services' names, which is the same for every
 * migrator: two that need the same databases can wait for each other, but never both at once.
 */
import type { RunEvent } from '../model';
import { openSession, type Session, type SessionSettings } from './session';

export interface SessionTarget {
  readonly service: string;
  readonly url: string;
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
  try {
    for (const { service, url } of [...targets].sort((a, b) => (a.service < b.service ? -1 : 1))) {
      try {
        sessions.set(service, await openSession(service, url, settings, onEvent));
      } catch (error) {
        failures.set(service, error);
      }
    }
    return await work({ sessions, failures });
  } finally {
    await Promise.all([...sessions.values()].map((session) => session.close()));
  }
}
