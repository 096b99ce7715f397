/** Runs one migration where it may fail. */
import { toReportedError } from '../errors';
import type { Direction, Migration } from '../model';
import { sqlstateOf } from '../pg/sqlstate';
import { replay } from '../scratch/replay';

export type Run =
  | { readonly statements: number }
  | { readonly failure: string; /** Where Postgres refused it. */ readonly sqlstate?: string };

/** A failure inside a transaction has left nothing behind. */
export async function tryRun(url: string, migration: Migration, direction: Direction): Promise<Run> {
  try {
    const [recorded] = await replay(url, migration.service, [migration], direction);
    return { statements: recorded?.statements.length ?? 0 };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const sqlstate = sqlstateOf(cause);
    const { message } = toReportedError(cause);
    return { failure: sqlstate ? `${message} (SQLSTATE ${sqlstate})` : message, sqlstate };
  }
}

const RAISED = 'P0001';

/** Whether it was the rows that Postgres, or a guard in the migration, did not accept. */
export function isRefusal(sqlstate = ''): boolean {
  return sqlstate === RAISED || /^2[23]/.test(sqlstate);
}
