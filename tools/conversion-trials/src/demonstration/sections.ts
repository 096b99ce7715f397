/** Pure: the report -> titled tables of text, for a terminal and for Markdown alike. */
import { millisecondsText, wholeText, type Section } from '@hockey-hub/recorded-runs';
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
      ['users', wholeText(report.users)],
      ['rows that refer to them', wholeText(report.referringRows)],
      [
        'references compared',
        `${wholeText(references)}, of which clients wrote ${wholeText(writtenReferences)} meanwhile`,
      ],
      ['references to nobody, kept aside', wholeText(report.quarantined)],
      ['requests of clients', wholeText(report.requests)],
      ['errors they saw', wholeText(report.errors)],
      ['longest wait', `${millisecondsText(report.longestMs)} (${report.longestOf})`],
      ['the same, beyond attempts at locks', millisecondsText(report.longestBeyondLocksMs)],
      ['attempts at locks', `${wholeText(lockAttempts)}, the longest ${millisecondsText(longestLockMs)}`],
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
      ...[requests, errors].map(wholeText),
      ...[latencies.p50Ms, latencies.p99Ms, latencies.longestMs].map(millisecondsText),
    ]),
  };
}

function errorSections({ errorsByCode }: DemonstrationReport): Section[] {
  const codes = Object.entries(errorsByCode);
  if (codes.length === 0) return [];
  return [
    {
      title: 'Errors',
      head: ['code', 'requests'],
      rows: codes.map(([code, count]) => [code, wholeText(count)]),
    },
  ];
}
