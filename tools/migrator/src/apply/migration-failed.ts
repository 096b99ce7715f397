/** A migration's failure in words: which, where, why, what is left of it and what to do. */
import { MigratorError } from '../errors';
import type { PlanStep } from '../model';
import { SQLSTATE, sqlstateOf } from '../pg/sqlstate';
import { TransactionMisused } from './run-migration';
import type { StepContext } from './run-step';
import type { SentStatement } from './watch-statements';

const LONGEST_STATEMENT = 400;
const BEFORE_THE_NEXT_RUN =
  'Make its statements repeatable (IF NOT EXISTS), or undo them by hand, before the next run';
const GOES_ON =
  'What it did so far stays done, and nothing has to be undone: clients can go on meanwhile. Nothing was recorded. Mend what is said above ' +
  'and run the same command again; it goes on where it stopped.';
const NOT_KNOWN =
  'The connection broke while its transaction was committed, so it is not known whether it was. Schema and record agree either ' +
  'way: run again, and it goes on from what is recorded.';

export interface FailureDetails {
  /** Statements sent before the failure, the failing one last. */
  readonly statements: readonly SentStatement[];
  readonly attempt: number;
  /** Whether everything but COMMIT had gone well. */
  readonly committing: boolean;
  /** Whether it goes on where it was broken off, when it is run again. */
  readonly isResumable: boolean;
}

/** Parameters of statements are left out: they can hold personal data. */
export function migrationFailed(
  { step, direction }: StepContext,
  error: unknown,
  { statements, attempt, committing, isResumable }: FailureDetails,
): MigratorError {
  const doing = direction === 'up' ? 'applying' : 'reverting';
  const target = direction === 'up' ? 'to' : 'from';
  const state = sqlstateOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  const tries = attempt > 1 ? ` after ${attempt} attempts` : '';
  const lines = [
    `${doing} ${step.migration} ${target} ${step.service} failed${tries}: ${reason}${state ? ` (SQLSTATE ${state})` : ''}`,
    `file: ${step.file}`,
    ...lastStatement(state, statements),
    committing && isConnectionLost(state)
      ? NOT_KNOWN
      : whatIsLeft(error, { ...step, isResumable }, statements.length),
    ...advice(state),
  ];
  return new MigratorError('MIGRATION_FAILED', lines.join('\n'), { cause: error });
}

/**
 * An error of the server's says that COMMIT failed; silence, or that the server ends the session, does not.
 * Class 08 and 57P: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isConnectionLost(state: string | undefined): boolean {
  return state === undefined || /^(08|57P)/.test(state);
}

function lastStatement(state: string | undefined, statements: readonly SentStatement[]): string[] {
  const last = statements.at(-1);
  if (state === undefined || last === undefined) return [];
  const line = last.sql.replace(/\s+/g, ' ').trim();
  return [`statement: ${line.length > LONGEST_STATEMENT ? `${line.slice(0, LONGEST_STATEMENT)}...` : line}`];
}

function whatIsLeft(
  error: unknown,
  { transaction, isResumable }: Pick<PlanStep, 'transaction'> & Pick<FailureDetails, 'isResumable'>,
  statements: number,
): string {
  const fault = error instanceof TransactionMisused ? error.fault : undefined;
  if (fault === 'ended') {
    return (
      'What it sent before a COMMIT stays done (a ROLLBACK took it back), and nothing was recorded. ' +
      `${BEFORE_THE_NEXT_RUN}.`
    );
  }
  if (transaction) return 'Its transaction was rolled back: nothing of it is left, and nothing was recorded.';
  if (isResumable) return GOES_ON;
  if (fault === 'opened') {
    return (
      'What was still open was rolled back; what it sent or committed before stays done, and nothing was recorded. ' +
      `${BEFORE_THE_NEXT_RUN}.`
    );
  }
  return (
    `It runs outside a transaction: ${Math.max(0, statements - 1)} statement(s) before the failing one stay done, and ` +
    `nothing was recorded. ${BEFORE_THE_NEXT_RUN}; ` +
    'a CREATE INDEX CONCURRENTLY that failed leaves an invalid index, to be dropped first.'
  );
}

function advice(state: string | undefined): string[] {
  switch (state) {
    case SQLSTATE.diskFull:
      return ['The server has no disk space left. Free some, then run again: it goes on from here.'];
    case SQLSTATE.lockNotAvailable:
      return [
        'Another session kept the lock. Find it in pg_stat_activity (wait_event_type, xact_start), let it end, and run ' +
          'again; --lock-timeout-ms sets how long each attempt waits.',
      ];
    case SQLSTATE.insufficientPrivilege:
      return ['The role in the database URL may not do this. Use the role that owns the tables.'];
    default:
      return [];
  }
}
