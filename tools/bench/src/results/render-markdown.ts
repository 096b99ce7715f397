/** Pure: results as Markdown, before the formatter has aligned its tables. */
import type { BenchResults, Machine } from './model';
import type { Section } from './section';

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
    ...sections.flatMap(({ title, head, rows }) => [
      `## ${title}`,
      [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ]),
  ].join('\n\n');
}

function machineLine({ processor, cores, memoryGiB, system, versions }: Machine): string {
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Machine: ${cores} cores (${processor}), ${memoryGiB} GiB of memory, ${system}; ${software.join(', ')}.`;
}
