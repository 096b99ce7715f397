/** Pure: a report as titled tables of text, for a terminal and for Markdown alike. */
import { duration } from '@hockey-hub/migrator/src/report/table';
import type { Section } from '@hockey-hub/recorded-runs';
import { PROMISES, type PromiseName } from '../checks/finding';
import { faultTotal, longestRecoveryMs, type ChaosReport } from './report';

export function sectionsOf(report: ChaosReport): Section[] {
  return [promises(report), faults(report), traffic(report)];
}

function promises({ findings }: ChaosReport): Section {
  const rows = (Object.keys(PROMISES) as PromiseName[]).map((promise) => {
    const broken = findings.filter((finding) => finding.promise === promise).length;
    return [PROMISES[promise], broken === 0 ? 'kept' : `BROKEN (${broken})`];
  });
  return { title: 'Promises', head: ['promise', 'this run'], rows };
}

function faults(report: ChaosReport): Section {
  const total = ['all', '', String(faultTotal(report)), '', text(longestRecoveryMs(report))];
  return {
    title: 'Faults',
    head: ['fault', 'what happens', 'times', 'recovered after (median)', 'longest'],
    rows: [
      ...report.faults.map(({ name, title, count, medianRecoveryMs, longestRecoveryMs }) => [
        ...[name, title, String(count), text(medianRecoveryMs), text(longestRecoveryMs)],
      ]),
      total,
    ],
  };
}

function traffic({ writes, events, sagas, failedStarts, quietAfterMs }: ChaosReport): Section {
  const counts: Readonly<Record<string, number | string>> = {
    'writes acknowledged': writes.done,
    'writes refused': writes.refused,
    'writes not sent: nobody listened': writes['not-sent'],
    'writes that nobody answered': writes.unknown,
    '  of these carried out': writes.carriedOut,
    '  of these not': writes.notCarriedOut,
    'events written': events.written,
    'events processed by subscribers': events.processed,
    'events delivered once more by the test': events.redelivered,
    'events delivered in shuffled order': events.reordered,
    'events lost with the JetStream store': events.lostWithStore,
    'dead letters, all provoked': `${events.deadLetters} of ${events.deadLettersProvoked} messages`,
    ...Object.fromEntries(Object.entries(sagas).map(([state, count]) => [`saga ${state}`, count])),
    'starts given up for lack of a server, and repeated': failedStarts,
    'quiet after the last fault': quietAfterMs === undefined ? 'never' : duration(quietAfterMs),
  };
  return {
    title: 'What went on',
    head: ['', 'count'],
    rows: Object.entries(counts).map(([what, count]) => [what, String(count)]),
  };
}

function text(ms: number | undefined): string {
  return ms === undefined ? '' : duration(ms);
}
