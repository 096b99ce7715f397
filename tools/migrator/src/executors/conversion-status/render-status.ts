/** Pure: how conversions stand, for people. */
import { duration, table } from '../../report/table';
import type { ConversionStatus, FillStatus } from '../../conversion/status/read-status';

export function renderConversionStatus(statuses: readonly ConversionStatus[]): string {
  if (statuses.length === 0) return 'No id conversion has begun in these databases.';
  return statuses.map(renderOne).join('\n\n');
}

function renderOne(status: ConversionStatus): string {
  const { service, name, isOwner, shape, isPaused, workers, targetBatchMs, fills, dangling, locks } = status;
  const what = isOwner ? 'has the keys' : 'refers to the keys';
  const effort = isPaused
    ? 'PAUSED: `conversion-resume` lets it go on'
    : `${workers} worker(s), batches of ${targetBatchMs} ms`;
  return [
    `${service}: ${name} (${what}), plain names hold ${shape === 'uuid' ? 'UUIDs' : 'numbers'}; ${effort}`,
    ...(fills.length > 0 ? [renderFills(fills)] : ['nothing has been filled yet']),
    ...dangling.map(
      ({ table: of, column, decision, rows }) => `dangling in ${of}.${column}: ${rows} row(s), ${decision}`,
    ),
    `locks: ${locks.attempts} attempt(s), ${locks.gaveWay} gave way, the longest took ${duration(locks.longestMs)}`,
  ].join('\n');
}

function renderFills(fills: readonly FillStatus[]): string {
  return table(
    ['fill', 'columns', 'from', 'rows', 'of about', 'rows/s', 'left', ''],
    fills.map((fill) => [
      fill.kind === 'id-map' ? `id map of ${fill.table}` : fill.table,
      fill.columns.join(', '),
      fill.source === 'numeric' ? 'numbers' : 'UUIDs',
      String(fill.doneRows),
      String(fill.estimatedRows),
      fill.rowsPerSecond === null ? '' : String(Math.round(fill.rowsPerSecond)),
      fill.endedAt || fill.secondsLeft === null ? '' : duration(fill.secondsLeft * 1_000),
      fill.endedAt ? 'done' : (fill.throttled ?? 'running'),
    ]),
  );
}
