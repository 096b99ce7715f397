import { escapeLiteral } from 'pg';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from './conversion-functions';
import { fillWhatWaitsFor } from './fill-waiting';
import { columnOf, type PairedKey } from './paired-table';
import { pairFunction, renumberFunction, UNPUBLISHED_PAIRS } from './pairing-names';

/**
 * Statements of a trigger function for the key of the row NEW. A new row with a number alone, as most are, is paired here; everything else
 * is the business of the functions in id-maps.ts.
 * @param isWaitedFor whether references of this database may wait for a pair of this key
 */
export function pairKey(key: PairedKey, isWaitedFor: boolean): string {
  const map = idMapOf(key.table);
  const name = escapeLiteral(key.table);
  const [n, u] = [columnOf('NEW', key.names.numeric), columnOf('NEW', key.names.uuid)];
  const [oldN, oldU] = [columnOf('OLD', key.names.numeric), columnOf('OLD', key.names.uuid)];
  const isMade = isWaitedFor ? fillWhatWaitsFor(key.table, n, u) : '';
  return `
  IF TG_OP = 'INSERT' AND ${n} IS NOT NULL AND ${u} IS NULL THEN
    INSERT INTO ${map} AS "pair" ("number", "uuid") VALUES (${n}, ${CONVERSION_FUNCTIONS.newUuid}())
      ON CONFLICT DO NOTHING RETURNING "pair"."uuid" INTO ${u};
    IF ${u} IS NULL THEN
      SELECT "made"."given_uuid" INTO ${u} FROM ${pairFunction(key.table)}(${n}, NULL, true) AS "made";
    ELSE
      INSERT INTO ${UNPUBLISHED_PAIRS} ("map", "number") VALUES (${name}, ${n});
    END IF;
    ${isMade}
  ELSIF TG_OP = 'INSERT' THEN
    SELECT "made"."given_number", "made"."given_uuid" INTO ${n}, ${u} FROM ${pairFunction(key.table)}(${n}, ${u}, true) AS "made";
    ${isMade}
  ELSIF ${u} IS DISTINCT FROM ${oldU} OR ${n} IS DISTINCT FROM ${oldN} THEN
    IF ${oldU} IS NOT NULL AND ${u} IS DISTINCT FROM ${oldU} THEN
      RAISE EXCEPTION 'the UUID of a row of % cannot change while its ids are converted (% to %)', ${name}, ${oldU}, ${u}
        USING ERRCODE = 'check_violation', TABLE = ${name}, HINT = 'Insert another row, and move what refers to this one.';
    END IF;
    IF ${n} IS NOT NULL THEN -- else its own NOT NULL says so
      IF ${n} IS DISTINCT FROM ${oldN} THEN PERFORM ${renumberFunction(key.table)}(${oldN}, ${n}); END IF;
      SELECT "made"."given_uuid" INTO ${u} FROM ${pairFunction(key.table)}(${n}, ${u}, false) AS "made";
      ${isMade}
    END IF;
  END IF;`;
}
