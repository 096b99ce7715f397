/** Pure: a report as a terminal and as a file shows it. */
import { renderSections, renderTables } from '@hockey-hub/recorded-runs';
import { faultTotal, type ChaosReport } from './report';
import { sectionsOf } from './sections';

/** More than anybody reads; the ledger and --json have all of them. */
const SHOWN_FINDINGS = 20;

export function commandOf({ seed, minutes }: Pick<ChaosReport, 'seed' | 'minutes'>): string {
  return `npx nx run shared-lib:chaos --seed ${seed} --minutes ${minutes}`;
}

/** @param kept the folder of the ledger and the logs, when they were kept */
export function renderForTerminal(report: ChaosReport, kept?: string): string {
  return [renderTables(sectionsOf(report)), ...findingLines(report), verdict(report, kept)].join('\n');
}

function findingLines({ findings }: ChaosReport): string[] {
  const lines = findings
    .slice(0, SHOWN_FINDINGS)
    .map(({ promise, about, detail }) => `${promise}: ${about}: ${detail}`);
  if (findings.length > SHOWN_FINDINGS)
    lines.push(`... and ${findings.length - SHOWN_FINDINGS} more: see --json`);
  return lines.length === 0 ? [] : [...lines, ''];
}

function verdict(report: ChaosReport, kept: string | undefined): string {
  const { findings, seed } = report;
  const words =
    findings.length === 0
      ? `Every promise was kept under ${faultTotal(report)} faults (seed ${seed}).`
      : `${findings.length} finding(s) under ${faultTotal(report)} faults (seed ${seed}). The same faults again: ${commandOf(report)}`;
  return kept === undefined ? words : `${words}\nThe ledger, the logs and the evidence are in ${kept}.`;
}

export function renderMarkdown(report: ChaosReport): string {
  const { seed, minutes, startedAt, machine, findings } = report;
  return [
    '# `nx run shared-lib:chaos`',
    `${findings.length === 0 ? 'Every promise was kept' : `${findings.length} finding(s)`} under ${faultTotal(report)} faults in ${minutes} minutes ` +
      `(seed ${seed}, ${startedAt.slice(0, 10)}). Again: \`${commandOf(report)}\`. What is broken and how it is checked: ` +
      '[README](../README.md). Written by the run; changes are lost.',
    `Machine: ${machine}.`,
    ...renderSections(sectionsOf(report)),
    ...(findings.length === 0
      ? []
      : [
          '## Findings',
          findings.map(({ promise, about, detail }) => `- ${promise}: ${about}: ${detail}`).join('\n'),
        ]),
  ].join('\n\n');
}
