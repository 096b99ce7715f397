/**
 * NOT NULL of references that may have to wait for their pair. Where no foreign key of this database holds a reference, a client can
 * write a half whose other half nobody knows yet; so for the time of the conversion a column that was NOT NULL only says that one
 * of its halves is there.
 */
import { escapeIdentifier } from 'pg';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { nameWithSuffix, quotedTable } from '../names';
import type { Shape } from '../twins';
import { pairedTables, type PairedReference, type PairedTable } from './paired-table';

const hasAHalf = ({ table, column }: PairedReference) =>
  escapeIdentifier(nameWithSuffix(`${table}_${column}`, '_has_a_half'));

/**
 * The references whose halves may each be null until the contract, whichever has the plain name: nobody sets NOT NULL on one of them
 * before that. As facts that were read before `relaxNotNull` say it.
 *
 * A column of a primary key cannot be null: there a reference must be known when it is written.
 */
export function relaxedReferences(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly { readonly table: PairedTable; readonly twin: PairedReference }[] {
  return pairedTables(conversion, facts, shape).flatMap((table) =>
    table.references
      .filter(
        (twin) =>
          !twin.foreignKeyTo &&
          isRequired(table, twin) &&
          !table.primaryKey.some((part) => part.kind === 'twin' && part.twin === twin),
      )
      .map((twin) => ({ table, twin })),
  );
}

/**
 * For the half that has been required so far: `shape`. One statement a table and column; the strongest lock for a moment, nothing is
 * read.
 */
export function relaxNotNull(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape = 'numeric',
): readonly string[] {
  return relaxedReferences(conversion, facts, shape).map(({ table, twin }) => {
    const { numeric, uuid } = twin.names;
    const check = hasAHalf(twin);
    // Not validated: every row of now has that half.
    return `ALTER TABLE ${quotedTable(table.table)} DROP CONSTRAINT IF EXISTS ${check},
      ADD CONSTRAINT ${check} CHECK (${escapeIdentifier(numeric)} IS NOT NULL OR ${escapeIdentifier(uuid)} IS NOT NULL) NOT VALID,
      ALTER COLUMN ${escapeIdentifier(twin.names[shape])} DROP NOT NULL`;
  });
}

/** When NOT NULL says more than it. The strongest lock for a moment. */
export const dropHalfCheck = (twin: PairedReference): string =>
  `ALTER TABLE ${quotedTable(twin.table)} DROP CONSTRAINT IF EXISTS ${hasAHalf(twin)}`;

/**
 * Before it was relaxed one of the columns says so, and after it the check. Which of them: the numbers, and on the way back from the
 * contract, where these come back empty, the UUIDs.
 */
function isRequired({ facts }: PairedTable, { table, column, numeric, uuid }: PairedReference): boolean {
  const check = nameWithSuffix(`${table}_${column}`, '_has_a_half');
  return (
    [numeric, uuid].some((half) => half?.notNull) || facts.constraints.some(({ name }) => name === check)
  );
}
