import { escapeIdentifier } from 'pg';
import type { ConversionDatabase } from '../conversion-database';
import type { Reference } from '../declaration';
import { idMapOf, quotedTable } from '../names';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { referenceSql } from '../pairing/reference-sql';
import { danglingIn } from '../proof/dangling-locations';
import { readShape } from '../state/conversions';
import { twinNames, type Shape } from '../twins';
import { fillWaitingRows } from './fill-waiting-rows';
import type { PhaseContext } from './phase-context';

/**
 * A pair for every number and every UUID that a row refers to, as if its owner had a row for each. Once the plain names hold UUIDs, every
 * number has had its pair.
 */
export async function drawIdMaps({ conversion, database }: PhaseContext): Promise<void> {
  const shape = await readShape(database.query, conversion.name);
  for (const reference of conversion.references) {
    if (shape === 'numeric') await drawUuids(database, reference);
    await drawNumbers(database, reference, shape);
  }
  for (const { table } of conversion.keys) await fillWaitingRows(database, table);
}

async function drawUuids({ query }: ConversionDatabase, reference: Reference): Promise<void> {
  await query(
    `INSERT INTO ${idMapOf(reference.to)} ("number", "uuid")
     SELECT "number", ${CONVERSION_FUNCTIONS.newUuid}() FROM (
       SELECT DISTINCT d."number" FROM ${quotedTable(reference.table)} AS t CROSS JOIN LATERAL (${danglingIn(reference, 't')}) AS d
     ) AS "referred"`,
  );
}

/** The lowest that are free, which fit into every type. */
async function drawNumbers({ query }: ConversionDatabase, reference: Reference, shape: Shape): Promise<void> {
  const map = idMapOf(reference.to);
  const value = `t.${escapeIdentifier(twinNames(reference, shape).uuid)}`;
  await query(
    `WITH "referred" AS (
       SELECT "uuid", row_number() OVER () AS "position" FROM (
         SELECT DISTINCT had."uuid" FROM ${quotedTable(reference.table)} AS t
           CROSS JOIN LATERAL (${referenceSql(reference, 't').uuidsIn(value)}) AS had("uuid")
          WHERE had."uuid" IS NOT NULL AND NOT EXISTS (SELECT FROM ${map} AS m WHERE m."uuid" = had."uuid")
       ) AS "each"
     ), "free" AS (
       SELECT n AS "number", row_number() OVER () AS "position"
         FROM generate_series(1, (SELECT count(*) FROM ${map}) + (SELECT count(*) FROM "referred")) AS n
        WHERE NOT EXISTS (SELECT FROM ${map} AS m WHERE m."number" = n)
     )
     INSERT INTO ${map} ("number", "uuid") SELECT "number", "uuid" FROM "referred" JOIN "free" USING ("position")`,
  );
}
