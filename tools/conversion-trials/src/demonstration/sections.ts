/** Pure: the report -> titled tables of text, for a terminal and for Markdown alike. */
import { millisecondsText, wholeText as whole, type Section } from '@hockey-hub/recorded-runs';
import type { DemonstrationReport } from './report';

export function sectionsOf(report: DemonstrationReport): Section[] {
  return [wholeSection(report), stagesSection(report), ...errorSections(report)];
}

function wholeSection(report: DemonstrationReport): Section {
  const { references, writtenReferences, lockAttempts, longestLockMs } = report;
  return {
    title: 'In the end',
    head: ['', ''],
    rows: [
      ['users', whole(report.users)],
      ['rows that refer to them', whole(report.referringRows)],
      [
        'references compared',
        `${whole(references)}, of which clients wrote ${whole(writtenReferences)} meanwhile`,
      ],
      ['references to nobody, kept aside', whole(report.quarantined)],
      ['requests of clients', whole(report.requests)],
      ['errors they saw', whole(report.errors)],
      ['longest wait', `${millisecondsText(report.longestMs)} (${report.longestOf})`],
      ['the same, beyond attempts at locks', millisecondsText(report.longestBeyondLocksMs)],
      ['attempts at locks', `${whole(lockAttempts)}, the longest ${millisecondsText(longestLockMs)}`],
      ['migrator killed (SIGKILL), run again', report.kill],
    ],
  };
}

function stagesSection({ stages }: DemonstrationReport): Section {
  return {
    title: 'What the clients saw',
    head: ['', 'time', 'requests', 'errors', 'p50', 'p99', 'longest'],
    rows: stages.map(({ name, seconds, requests, errors, ...latencies }) => [
      name,
      `${seconds.toFixed(1)} s`,
      ...[requests, errors].map(whole),
      ...[latencies.p50Ms, latencies.p99Ms, latencies.longestMs].map(millisecondsText),
    ]),
  };
}

function errorSections({ errorsByCode }: DemonstrationReport): Section[] {
  const codes = Object.entries(errorsByCode);
  if (codes.length === 0) return [];
  return [
    { title: 'Errors', head: ['code', 'requests'], rows: codes.map(([code, count]) => [code, whole(count)]) },
  ];
}
