/** Pure: a report -> Markdown, for a file and for a terminal. */
import { wholeText } from '@hockey-hub/recorded-runs';
import { PHASES } from '../../trial/phases';
import { KILL_KINDS, type KillKind } from '../schedule/kills';
import type { CrashReport } from './crash-report';

export function renderSummary(report: CrashReport): string {
  const { seed, machine, runs, killed, faultPoints, references, findings, outages } = report;
  return [
    `**${findings.length === 0 ? 'Every promise was kept.' : `${findings.length} promises were broken.`}** ` +
      `Seed ${seed}, ${runs} runs in ${report.minutes} minutes: ${machine}.`,
    '',
    ...(findings.length === 0 ? [] : [...findings.map((finding) => `- ${finding}`), '']),
    '| | |',
    '| --- | ---: |',
    `| kills (SIGKILL) | ${wholeText(killed)} |`,
    `| different fault points that killed, of those that were seen | ${wholeText(faultPoints.killed)} of ${wholeText(faultPoints.seen)} |`,
    `| references compared, in rows that no client wrote | ${wholeText(references.untouched)} |`,
    `| references compared, in rows that clients wrote | ${wholeText(references.written)} |`,
    `| requests of the clients | ${wholeText(report.requests)} |`,
    `| of these, cut off while Postgres was dead (${wholeText(outages.count)} times, at most ${wholeText(outages.longestMs)} ms) | ${wholeText(report.cutOff)} |`,
    `| errors that the clients saw | ${wholeText(report.errors)} |`,
    `| recorded lock attempts | ${wholeText(report.lockAttempts)} |`,
    `| longest wait of a client beyond them, ${wholeText(report.stallLimitMs)} ms allowed | ${wholeText(report.longestStallMs)} ms |`,
    '',
    ...killTable(report),
  ].join('\n');
}

function killTable({ killedBy }: CrashReport): string[] {
  const rows = (Object.keys(KILL_KINDS) as KillKind[]).map(
    (kind) =>
      `| ${[KILL_KINDS[kind], ...PHASES.map((phase) => wholeText(killedBy[kind][phase]))].join(' | ')} |`,
  );
  return [`| killed | ${PHASES.join(' | ')} |`, `| --- |${PHASES.map(() => ' ---: |').join('')}`, ...rows];
}

/** With every kill by its name. */
export function renderRecord(report: CrashReport): string {
  const lines = report.kills.map(
    ({ run, phase, kind, where, outcome }) =>
      `- run ${run}, ${phase}, ${KILL_KINDS[kind]}${outcome === 'killed' ? '' : ' (too late)'}: \`${where}\``,
  );
  return [
    '# The crash test of the id conversion',
    '',
    `The same kills again, as far as timing allows: \`${report.command}\`.`,
    '',
    renderSummary(report),
    '',
    '## Every kill',
    '',
    'A fault point is a place between two statements of one session (`first -> second`) and a moment there: `before` the second was sent, when it was',
    '`sent` and nobody will read the answer, when it is `answered` and nobody has acted on it.',
    '',
    ...lines,
    '',
  ].join('\n');
}
