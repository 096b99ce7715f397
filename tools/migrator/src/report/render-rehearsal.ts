/** Pure: a rehearsal -> what production will see. */
import type { RehearsalReport, RehearsedLock, RehearsedStep, RowChange } from '../model';
import { size } from './size';
import { duration, table } from './table';

export function renderRehearsal(report: RehearsalReport): string {
  const { steps, sources, rowChanges, fingerprint } = report;
  const total = steps.reduce((sum, step) => sum + step.durationMs, 0);
  const grown = (of: 'walBytes' | 'diskBytes') =>
    size(
      Math.max(
        0,
        steps.reduce((sum, step) => sum + step[of], 0),
      ),
    );
  return [
    ...Object.entries(sources).map(([service, source]) => `${service}: rehearsed on ${source}`),
    '',
    table(
      ['service', 'migration', 'time', 'blocks longest', 'rewrites', 'disk', 'WAL'],
      steps.map((step) => [
        step.service,
        step.migration,
        duration(step.durationMs),
        describeLongest(step),
        step.rewritten.join('\n'),
        size(Math.max(0, step.diskBytes)),
        size(step.walBytes),
      ]),
    ),
    '',
    ...renderLocks(steps),
    ...renderRows(rowChanges),
    `${steps.length} migration(s) in ${duration(total)}, ${grown('diskBytes')} more on disk, ${grown('walBytes')} of WAL. ` +
      'Nothing was changed in the real databases.',
    `Rehearsed: ${fingerprint.slice(0, 12)}`,
    ...(report.current
      ? []
      : [
          'Warning: this is not the plan that `migrate` would run now, because the databases have changed since their backups. ' +
            'Rehearse again with --fresh.',
        ]),
  ].join('\n');
}

/** The longest lock on each table that keeps its readers or writers waiting, the longest first. */
export function longestLocks(
  steps: readonly RehearsedStep[],
): (RehearsedLock & { readonly service: string })[] {
  const longest = new Map<string, RehearsedLock & { readonly service: string }>();
  for (const { service, locks } of steps) {
    for (const lock of locks) {
      const key = `${service}:${lock.table}`;
      if (lock.heldMs > (longest.get(key)?.heldMs ?? -1)) longest.set(key, { service, ...lock });
    }
  }
  return [...longest.values()].sort((a, b) => b.heldMs - a.heldMs);
}

function describeLongest({ locks }: RehearsedStep): string {
  const [longest] = [...locks].sort((a, b) => b.heldMs - a.heldMs);
  return longest ? `${longest.table} ${duration(longest.heldMs)}` : '';
}

function renderLocks(steps: readonly RehearsedStep[]): string[] {
  const locks = longestLocks(steps);
  if (locks.length === 0) return ['No table would keep its readers or writers waiting.'];
  return [
    'Whoever uses these tables waits at most this long:',
    table(
      ['service', 'table', 'waits', 'who', 'lock'],
      locks.map(({ service, table: name, heldMs, blocks, mode }) => [
        service,
        name,
        duration(heldMs),
        blocks,
        mode,
      ]),
    ),
    '',
  ];
}

function renderRows(changes: readonly RowChange[]): string[] {
  if (changes.length === 0) return ['No table has more or fewer rows than before.'];
  return [
    'Rows:',
    table(
      ['service', 'table', 'before', 'after'],
      changes.map(({ service, table: name, before, after }) => [
        service,
        name,
        before === null ? 'no table' : String(before),
        after === null ? 'no table' : String(after),
      ]),
    ),
    '',
  ];
}
