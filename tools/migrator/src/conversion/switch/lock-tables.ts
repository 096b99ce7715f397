/**
 * Pure: the one statement that takes all locks of a switch, so that what comes after it waits for nobody.
 *
 * In the order in which clients take theirs, as far as they have one: views before the tables that they read; tables with references
 * before those with the keys, because whoever inserts a reference looks for its key afterwards. Who comes the other way (deleting a key
 * cascades to its references) can meet us half way; then we give way, see with-lock.ts.
 */
import { twinsByTable } from '../twins';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { ViewFacts } from '../inspect/view-facts';
import { quotedTable } from '../names';
import { quotedView } from './view-swap';

/**
 * @param views those that will be dropped, no materialized ones: those cannot be locked by name
 * @param others further tables that will be altered
 */
export function lockTables(
  conversion: IdConversion,
  facts: ConversionFacts,
  views: readonly ViewFacts[],
  others: readonly string[] = [],
): string {
  const keys = new Set(conversion.keys.map(({ table }) => table));
  const tables = [...twinsByTable(conversion).keys()].filter((table) => facts.tables[table] !== undefined);
  const ordered = [
    ...tables.filter((table) => !keys.has(table)),
    ...tables.filter((table) => keys.has(table)),
  ];
  const list = [
    ...views.map((view) => quotedView(view)),
    ...new Set([...others, ...ordered].map((table) => quotedTable(table))),
  ];
  return `LOCK TABLE ${list.join(', ')} IN ACCESS EXCLUSIVE MODE`;
}
