/** Pure: results as a terminal shows them. */
import { table } from '@hockey-hub/migrator/src/report/table';
import type { Section } from './section';

export function renderTables(sections: readonly Section[]): string {
  return sections.map(({ title, head, rows }) => `${title}\n\n${table(head, rows)}\n`).join('\n');
}
