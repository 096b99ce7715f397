/** A run's events -> lines that say what happens, one each, for logs and for people who watch them. */
import type { Direction, FillReport, RunEvent } from '../model';
import { size } from './size';
import { duration } from './table';

/** Undefined for events that need no line. */
export function progressLine(event: RunEvent, direction: Direction): string | undefined {
  switch (event.type) {
    case 'database-created':
      return `${event.service}: created the database ${event.database}`;
    case 'backup-started':
      return `${event.service}: backing up ${event.database} (${event.how})`;
    case 'backup-waiting':
      return `${event.service}: its backup waits for ${event.who}`;
    case 'backup-ended': {
      const { id, bytes, durationMs } = event.backup;
      return `backed up ${event.service}: ${id}, ${size(bytes)} in ${duration(durationMs)}`;
    }
    case 'backup-verified':
      return `${event.service}: restored ${event.id} to a scratch database: counts and checksums agree`;
    case 'warning':
      return `Warning: ${event.message}`;
    case 'waiting-for-lock':
      return `${event.service}: another migrator is at work (${event.holder}); waiting until it ends`;
    case 'step-started':
      return event.step.transaction
        ? undefined
        : `${event.step.service}: ${event.step.migration} runs outside a transaction`;
    case 'step-retried':
      return `${event.step.service}: ${event.step.migration} gave way (attempt ${event.attempt}: ${event.reason}); again in ${duration(event.pauseMs)}`;
    case 'step-ended': {
      const { service, migration, status, durationMs, error } = event.report;
      if (status === 'skipped') return `${service}: ${migration} skipped: ${error?.message}`;
      if (status === 'failed') return `${service}: ${migration} FAILED after ${duration(durationMs)}`;
      return `${service}: ${migration} ${direction === 'up' ? 'applied' : 'reverted'} in ${duration(durationMs)}`;
    }
    case 'fill-progress':
      return `${event.service}: ${fillLine(event.report)}`;
    case 'run-started':
    case 'service-ended':
      return undefined;
  }
}

const BAR_WIDTH = 24;

/** `sessions.userId_uuid  ████████████░░░░░░░░░░░░  52 %  88,000 rows/s, 12.3 s left` */
function fillLine({
  fill,
  doneRows,
  estimatedRows,
  rowsPerSecond,
  secondsLeft,
  throttled,
  hasEnded,
}: FillReport): string {
  // The estimate may be less than what has been done; a fill is at its end when it says so.
  const share = hasEnded ? 1 : Math.min(0.99, doneRows / Math.max(1, estimatedRows));
  const full = Math.round(share * BAR_WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
  const pace = hasEnded
    ? `${count(doneRows)} rows`
    : `${count(rowsPerSecond)} rows/s${secondsLeft === null ? '' : `, ${duration(secondsLeft * 1_000)} left`}`;
  return `${fill}  ${bar}  ${Math.floor(share * 100)} %  ${throttled === null ? pace : `waits: ${throttled}`}`;
}

const count = (rows: number) => Math.round(rows).toLocaleString('en');
