/** Pure: results as Markdown, before the formatter has aligned its tables. */
import { hardwareText, renderSections, type Machine, type Section } from '@hockey-hub/recorded-runs';
import type { BenchResults } from './model';

/** @param target of the project bench, whose files have its name */
export function renderMarkdown(
  target: string,
  results: BenchResults<unknown>,
  sections: readonly Section[],
): string {
  return [
    `# \`nx run bench:${target}\``,
    `Rounds: ${results.rounds}, of which these are the medians; measured on ${results.measuredAt.slice(0, 10)}; every single run is in ` +
      `[${target}.json](${target}.json). What is measured and how: [README](../README.md). Written by the bench; changes are lost.`,
    machineLine(results.machine),
    ...renderSections(sections),
  ].join('\n\n');
}

function machineLine(machine: Machine): string {
  const software = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `Machine: ${hardwareText(machine)}; ${software.join(', ')}.`;
}
