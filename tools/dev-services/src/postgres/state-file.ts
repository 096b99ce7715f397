import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../errors';
import type { PostgresMajor } from './model';
import { writeFileAtomically } from '../system/write-file-atomically';

/**
 * What one command tells the next about a development server. A cache: all of it can be found again from the
 * home directory, so a lost or damaged file costs a few milliseconds and never the data.
 */
export interface PostgresState {
  readonly format: 1;
  readonly major: PostgresMajor;
  /** The home directory of the server (see home.ts): outside `.data` when the server's user cannot enter that. */
  readonly home: string;
  readonly dataDirectory: string;
  readonly port: number;
  readonly password: string;
  /** Null once the server was stopped on purpose. */
  readonly process: { readonly pid: number; readonly identity: string } | null;
}

/** Synchronous: every command begins with this, and on a busy machine the thread pool would make it wait. */
export function readState(dataRoot: string, major: PostgresMajor): PostgresState | undefined {
  try {
    return parseState(readFileSync(stateFile(dataRoot, major), 'utf8'), major);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Readable by its owner alone: it holds the password. */
export function writeState(dataRoot: string, state: PostgresState): Promise<void> {
  return writeFileAtomically(stateFile(dataRoot, state.major), `${JSON.stringify(state, null, 2)}\n`, 0o600);
}

/** Undefined for an empty, cut-off or foreign file: it will be written anew. */
export function parseState(text: string, major: PostgresMajor): PostgresState | undefined {
  let state: Partial<PostgresState> | null;
  try {
    state = JSON.parse(text) as Partial<PostgresState> | null;
  } catch {
    return undefined;
  }
  const complete =
    state?.format === 1 &&
    state.major === major &&
    typeof state.home === 'string' &&
    typeof state.dataDirectory === 'string' &&
    typeof state.port === 'number' &&
    typeof state.password === 'string' &&
    (state.process === null || typeof state.process?.pid === 'number');
  return complete ? (state as PostgresState) : undefined;
}

function stateFile(dataRoot: string, major: PostgresMajor): string {
  return join(dataRoot, `postgres-${major}.json`);
}
