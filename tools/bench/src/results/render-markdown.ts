/** Pure: results as Markdown, before the formatter has aligned its tables. */
import type { Machine, MigratorResults } from './model';
import { sectionsOf } from './sections';

export function renderMarkdown(results: MigratorResults): string {
  return [
    '# `nx run bench:migrator`',
    `Rounds: ${results.rounds}, of which these are the medians; measured on ${results.measuredAt.slice(0, 10)}; every single run is in ` +
      '[migrator.json](migrator.json). What is measured and how: [README](../README.md). Written by the bench; changes are lost.',
    machineLine(results.machine),
    ...sectionsOf(results).flatMap(({ title, head, rows }) => [
      `## ${title}`,
      [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ]),
  ].join('\n\n');
}

function machineLine({ processor, cores, memoryGiB, system, versions }: Machine): string {
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Machine: ${cores} cores (${processor}), ${memoryGiB} GiB of memory, ${system}; ${software.join(', ')}.`;
}
