import { escapeLiteral } from 'pg';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from './conversion-functions';
import { fillWhatWaitsFor } from './fill-waiting';
import { columnOf, type PairedKey } from './paired-table';
import { pairFunction, UNPUBLISHED_PAIRS } from './pairing-names';

/**
 * Statements of a trigger function for the key of the row NEW. A new row with a number alone, as most are, is paired here; everything else
 * is the business of the functions in id-maps.ts.
 *
 * A row that gets another number gets the UUID of that number along: a UUID is another way to write a number, and no more. So all that a
 * client does by numbers means what it always meant. Foreign keys that cascade follow the row with both halves; references that have none
 * (plain columns, arrays, documents, other services' tables) keep the old number and the old UUID, refer to nobody, and to whoever takes
 * that number next. Pairs never change, so no copy of the map can be wrong. Were the pair to follow its row instead, those references
 * would refer to different rows by their two halves, and so would the copies of other services until they heard of it.
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
  ELSIF ${n} IS DISTINCT FROM ${oldN} OR ${u} IS DISTINCT FROM ${oldU} THEN
    IF ${n} IS NOT DISTINCT FROM ${oldN} AND ${oldU} IS NOT NULL THEN
      RAISE EXCEPTION 'the UUID of a row of % cannot change while its ids are converted (% to %)', ${name}, ${oldU}, ${u}
        USING ERRCODE = 'check_violation', TABLE = ${name}, HINT = 'Insert another row, and move what refers to this one.';
    END IF;
    IF ${n} IS NOT NULL THEN -- else its own NOT NULL says so
      SELECT "made"."given_uuid" INTO ${u}
        FROM ${pairFunction(key.table)}(${n}, CASE WHEN ${u} IS DISTINCT FROM ${oldU} THEN ${u} END, false) AS "made";
      ${isMade}
    END IF;
  END IF;`;
}
