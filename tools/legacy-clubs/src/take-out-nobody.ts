/**
 * What `quarantine` leaves of references to nobody, made in the shortest way, in a training database with numbers that nobody works
 * in: for comparison with what a conversion left.
 */
import type { Client } from 'pg';
import { GAP } from './population';

const isNobody = (number: string) => `(${number})::bigint % ${GAP} = 0`;

/** A row that must refer to somebody goes; of an array or a document the element goes. */
const TAKE_OUT = [
  `DELETE FROM "workout_assignments" WHERE ${isNobody('"playerId"')}`,
  `DELETE FROM "player_workout_loads" WHERE ${isNobody('"playerId"')}`,
  // What is no user's number is not cast: a CASE is evaluated in its order.
  `DELETE FROM "notes" WHERE CASE WHEN "subjectType" = 'user' THEN ${isNobody('"subjectId"')} ELSE false END`,
  `UPDATE "workout_sessions" SET "playerIds" = ARRAY(
     SELECT "player" FROM unnest("playerIds") WITH ORDINALITY AS "p" ("player", "place") WHERE NOT ${isNobody('"player"')} ORDER BY "place")
   WHERE EXISTS (SELECT FROM unnest("playerIds") AS "player" WHERE ${isNobody('"player"')})`,
  `UPDATE "workout_sessions" SET "metadata" = jsonb_set("metadata", '{coachIds}', coalesce((
     SELECT jsonb_agg("coach" ORDER BY "place")
       FROM jsonb_array_elements("metadata" -> 'coachIds') WITH ORDINALITY AS "c" ("coach", "place")
      WHERE NOT ${isNobody(`"coach" #>> '{}'`)}), '[]'))
   WHERE EXISTS (SELECT FROM jsonb_array_elements_text("metadata" -> 'coachIds') AS "coach" WHERE ${isNobody('"coach"')})`,
];

/**
 * For rows as they were seeded: numbers of users who came later may be multiples of `NUMBERS_OF_NOBODY`. Sessions that nobody created stay.
 * @returns how many rows were changed or went
 */
export async function takeOutNobody(training: Client): Promise<number> {
  let rows = 0;
  for (const sql of TAKE_OUT) rows += (await training.query(sql)).rowCount ?? 0;
  return rows;
}
