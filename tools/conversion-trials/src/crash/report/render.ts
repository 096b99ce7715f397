/** Pure: a report -> Markdown, for a file and for a terminal. */
import { wholeText as number } from '@hockey-hub/recorded-runs';
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
    `| kills (SIGKILL) | ${number(killed)} |`,
    `| different fault points that killed, of those that were seen | ${number(faultPoints.killed)} of ${number(faultPoints.seen)} |`,
    `| references compared, in rows that no client wrote | ${number(references.untouched)} |`,
    `| references compared, in rows that clients wrote | ${number(references.written)} |`,
    `| requests of the clients | ${number(report.requests)} |`,
    `| of these, cut off while Postgres was dead (${number(outages.count)} times, at most ${number(outages.longestMs)} ms) | ${number(report.cutOff)} |`,
    `| errors that the clients saw | ${number(report.errors)} |`,
    `| recorded lock attempts | ${number(report.lockAttempts)} |`,
    `| longest wait of a client beyond them, ${number(report.stallLimitMs)} ms allowed | ${number(report.longestStallMs)} ms |`,
    '',
    ...killTable(report),
  ].join('\n');
}

function killTable({ killedBy }: CrashReport): string[] {
  const rows = (Object.keys(KILL_KINDS) as KillKind[]).map(
    (kind) =>
      `| ${[KILL_KINDS[kind], ...PHASES.map((phase) => number(killedBy[kind][phase]))].join(' | ')} |`,
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
