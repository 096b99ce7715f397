/** Pure: results as a terminal shows them. */
import { table } from '@hockey-hub/migrator/src/report/table';
import type { MigratorResults } from './model';
import { sectionsOf } from './sections';

export function renderTables(results: MigratorResults): string {
  return sectionsOf(results)
    .map(({ title, head, rows }) => `${title}\n\n${table(head, rows)}\n`)
    .join('\n');
}
