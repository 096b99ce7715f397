/** Pure: the schema before and after a migration, and the statements between -> what it did. */
import { compareCatalogs } from '../catalog/compare-catalogs';
import { alignNames } from './align-names';
import { changeFacts } from './change-facts';
import { definitionFacts } from './definition-facts';
import type { Fact } from './fact';
import { rowFacts } from './row-facts';
import type { Snapshot } from './snapshot';

export async function migrationFacts(
  before: Snapshot,
  after: Snapshot,
  statements: readonly string[],
): Promise<Fact[]> {
  const aligned = alignNames(before, after);
  const compared = { before: aligned.catalog, after: after.catalog };
  const tables = new Set([...Object.keys(before.catalog.tables), ...Object.keys(after.catalog.tables)]);
  return [
    ...aligned.facts,
    ...compareCatalogs(compared.before, compared.after).flatMap((change) => changeFacts(change, compared)),
    ...definitionFacts(before.definitions, after.definitions),
    ...(await rowFacts(statements, tables)),
  ];
}
