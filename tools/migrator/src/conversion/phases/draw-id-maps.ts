import { idMapOf, quotedTable } from '../names';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { danglingIn } from '../proof/dangling-locations';
import { readShape } from '../state/conversions';
import { fillWaitingRows } from './fill-waiting-rows';
import type { PhaseContext } from './phase-context';

/**
 * A pair for every number that a row refers to, as if its owner had a row for each. Once the plain names hold UUIDs, every number has had
 * its pair.
 */
export async function drawIdMaps({ conversion, database }: PhaseContext): Promise<void> {
  if ((await readShape(database.query, conversion.name)) !== 'numeric') return;
  for (const reference of conversion.references) {
    await database.query(
      `INSERT INTO ${idMapOf(reference.to)} ("number", "uuid")
       SELECT "number", ${CONVERSION_FUNCTIONS.newUuid}() FROM (
         SELECT DISTINCT d."number" FROM ${quotedTable(reference.table)} AS t CROSS JOIN LATERAL (${danglingIn(reference, 't')}) AS d
       ) AS "referred"`,
    );
  }
  for (const { table } of conversion.keys) await fillWaitingRows(database, table);
}
