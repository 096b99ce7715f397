/** Pure: sections as a terminal shows them, and as Markdown before the formatter has aligned its tables. */
import { table } from '@hockey-hub/migrator/src/report/table';
import type { Section } from './section';

/** For a terminal. */
export function renderTables(sections: readonly Section[]): string {
  return sections.map(({ title, head, rows }) => `${title}\n\n${table(head, rows)}\n`).join('\n');
}

/** Paragraphs of Markdown: a heading of the second level, and its table. */
export function renderSections(sections: readonly Section[]): string[] {
  return sections.flatMap((section) => [`## ${section.title}`, markdownTable(section)]);
}

/** Without its title. */
export function markdownTable({ head, rows }: Pick<Section, 'head' | 'rows'>): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
