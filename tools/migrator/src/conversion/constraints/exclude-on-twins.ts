import { MigratorError } from '../../errors';
import { MOST_PAGES_OF_EXCLUSION } from '../inspect/largest-exclusion';
import type { ConstraintFacts, TableFacts } from '../inspect/table-facts';
import { addConstraint, type Counterparts } from './counterparts';
import { counterpartName } from './sides';
import { constraintState } from './live-objects';

/**
 * An exclusion constraint on the twins. Postgres has no way to build one while a table is in use: readers and writers wait as long as it
 * takes, so it is built only where that is a moment. The first phase refuses larger tables; this is for those that have grown since.
 * https://www.postgresql.org/docs/current/sql-altertable.html (ADD table_constraint_using_index: primary keys and unique ones alone)
 * @throws MigratorError EXCLUSION_CONSTRAINT_TOO_LARGE
 */
export async function excludeOnTwins(
  counterparts: Counterparts & { readonly table: TableFacts },
  exclusion: ConstraintFacts,
  definition: string,
): Promise<void> {
  const { database, table, shape } = counterparts;
  const name = counterpartName(exclusion.name, shape);
  if ((await constraintState(database.query, table.name, name)) !== 'missing') return;
  if (table.pages > MOST_PAGES_OF_EXCLUSION) {
    throw new MigratorError(
      'EXCLUSION_CONSTRAINT_TOO_LARGE',
      `${database.service}: ${table.name} has ${table.pages} pages, and its exclusion constraint ${exclusion.name} cannot be made for the ` +
        `UUIDs while clients use the table: Postgres locks them all out meanwhile. In a moment without clients run ` +
        `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} ${definition}; or drop ${exclusion.name}. Then run this again.`,
    );
  }
  await addConstraint(counterparts, exclusion, definition);
}
