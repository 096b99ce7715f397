/**
 * One step of a plan -> the database. In a transaction, the ledger's rows in the same one: a failed migration leaves
 * nothing half-done and nothing recorded, and a lock that is not to be had gives everything back and starts again.
 * A migration that runs outside a transaction can be stopped in the middle; then the error says what it had done.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { tellFillProgress } from '../fill-progress';
import { recordStep } from '../ledger/ledger';
import { tellWarnings } from '../migration-warnings';
import type { Direction, Migration, PlanStep, RunEvent } from '../model';
import { backoffMs } from '../pg/backoff';
import { isRetryable } from '../pg/sqlstate';
import { forgetResumable, isResumable } from '../resumable-migration';
import { migrationFailed } from './migration-failed';
import { isTransactionOpen, rollBack, runMigration } from './run-migration';
import { grantToRuntimeRole } from './runtime-role';
import type { Session } from './session';
import { watchStatements, type Send } from './watch-statements';

const MAXIMUM_ATTEMPTS = 30;

export interface StepContext {
  readonly session: Session;
  readonly migration: Migration;
  readonly step: PlanStep;
  readonly direction: Direction;
  readonly appliedBy: string;
  /** Of the backup that was taken before the run. */
  readonly backupId?: string;
  readonly runtimeRole?: string;
  readonly onEvent: (event: RunEvent) => void;
}

export interface StepOutcome {
  readonly durationMs: number;
  /** Lock attempts beyond the first. */
  readonly retries: number;
}

/** @throws MigratorError MIGRATION_FAILED */
export async function runStep(context: StepContext): Promise<StepOutcome> {
  const startedAt = performance.now();
  const retries = context.step.transaction ? await inTransaction(context) : await outsideTransaction(context);
  return { durationMs: Math.round(performance.now() - startedAt), retries };
}

async function inTransaction(context: StepContext): Promise<number> {
  const { queryRunner } = context.session;
  for (let attempt = 1; ; attempt++) {
    const statements = watchStatements(queryRunner);
    let committing = false;
    try {
      await queryRunner.startTransaction();
      await execute(context);
      committing = true;
      await queryRunner.commitTransaction();
      return attempt - 1;
    } catch (error) {
      // The rollback is ours, not one of the migration's statements.
      statements.stop();
      await rollBack(queryRunner);
      if (!isRetryable(error) || attempt === MAXIMUM_ATTEMPTS) {
        throw migrationFailed(context, error, {
          ...{ statements: statements.sent, attempt, committing },
          isResumable: false,
        });
      }
      await announcePause(context, attempt, error);
    } finally {
      statements.stop();
    }
  }
}

/** Each statement stands for itself here, so each is tried again by itself. */
async function outsideTransaction(context: StepContext): Promise<number> {
  const { queryRunner } = context.session;
  let retries = 0;
  const statements = watchStatements(queryRunner, async (send, sql) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await withFittingLockTimeout(context.session, sql, send);
      } catch (error) {
        // Inside a transaction that the migration opened itself, every further statement would only fail for that.
        if (!isRetryable(error) || attempt === MAXIMUM_ATTEMPTS || (await isTransactionOpen(queryRunner)))
          throw error;
        retries++;
        await announcePause(context, attempt, error);
      }
    }
  });
  try {
    await execute(context);
    return retries;
  } catch (error) {
    statements.stop();
    await rollBack(queryRunner);
    throw migrationFailed(context, error, {
      ...{ statements: statements.sent, attempt: 1, committing: false },
      isResumable: isResumable(queryRunner),
    });
  } finally {
    statements.stop();
  }
}

/**
 * CREATE INDEX CONCURRENTLY waits for other transactions by design, blocks nobody while it does, and leaves an invalid
 * index behind when a lock timeout stops it: it alone waits without limit.
 * https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
async function withFittingLockTimeout(session: Session, sql: string, send: Send): Promise<unknown> {
  if (!/\bconcurrently\b/i.test(sql)) return send();
  await session.setLockTimeout(0);
  try {
    return await send();
  } finally {
    await session.setLockTimeout(session.settings.lockTimeoutMs);
  }
}

async function execute(context: StepContext): Promise<void> {
  const { migration, step, direction, appliedBy, session, runtimeRole, backupId } = context;
  const startedAt = performance.now();
  forgetResumable(session.queryRunner);
  if (step.action === 'run') {
    tellFillProgress(session.queryRunner, (report) =>
      context.onEvent({ type: 'fill-progress', service: step.service, report }),
    );
    tellWarnings(session.queryRunner, (message) =>
      context.onEvent({ type: 'warning', service: step.service, message }),
    );
    await runMigration(session.queryRunner, migration, direction, step.transaction);
  }
  // In the same transaction: a view that was made again must not be without its grants for a moment.
  if (runtimeRole !== undefined) await grantToRuntimeRole(session.service, session.query, runtimeRole);
  const { name, timestamp, checksum } = migration;
  const durationMs = performance.now() - startedAt;
  await recordStep(session.query, { name, timestamp, direction, checksum, durationMs, backupId }, appliedBy);
}

async function announcePause(context: StepContext, attempt: number, error: unknown): Promise<void> {
  const pauseMs = backoffMs(attempt);
  const reason = error instanceof Error ? error.message : String(error);
  context.onEvent({ type: 'step-retried', step: context.step, attempt, reason, pauseMs });
  await pause(pauseMs);
}
