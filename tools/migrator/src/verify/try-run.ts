/** Runs one migration where it may fail. */
import { MigratorError, toReportedError } from '../errors';
import type { Direction, Migration } from '../model';
import { sqlstateOf } from '../pg/sqlstate';
import { replay } from '../scratch/replay';

export type Run =
  | { readonly statements: number }
  | {
      readonly failure: string;
      /** Where Postgres refused it. */
      readonly sqlstate?: string;
      /** That it was the rows that were not accepted. */
      readonly refusesRows: boolean;
    };

/** A failure inside a transaction has left nothing behind. */
export async function tryRun(url: string, migration: Migration, direction: Direction): Promise<Run> {
  try {
    const [recorded] = await replay(url, migration.service, [migration], direction);
    return { statements: recorded?.statements.length ?? 0 };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const sqlstate = sqlstateOf(cause);
    const { message } = toReportedError(cause);
    const refusesRows = isRefusal(cause);
    return { failure: sqlstate ? `${message} (SQLSTATE ${sqlstate})` : message, sqlstate, refusesRows };
  }
}

const RAISED = 'P0001';

/**
 * Whether it was the rows that Postgres, a guard in the migration, or the migration itself did not accept. A migration that
 * stops for people to decide about rows says so: its error has `refusesRows: true`.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof MigratorError) return error.code === 'DANGLING_REFERENCES';
  if ((error as { refusesRows?: unknown } | undefined)?.refusesRows === true) return true;
  const sqlstate = sqlstateOf(error) ?? '';
  return sqlstate === RAISED || /^2[23]/.test(sqlstate);
}
