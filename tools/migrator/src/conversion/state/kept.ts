/** Statements that bring back what a phase took away, in the order in which they are to run: for its `down`. */
import type { Query } from '../../pg/query';

/**
 * Keeps them unless statements are kept for that place already: what a phase that was killed kept before is what was there
 * before it, and the second run finds only what the first left.
 * @param place of the phase that keeps them: `relaxed NOT NULL`, `switch: users`
 * @param query of the transaction that takes away, or before it
 */
export async function keepStatements(
  query: Query,
  conversion: string,
  place: string,
  statements: readonly string[],
): Promise<void> {
  await query(
    `INSERT INTO "id_conversion"."kept" ("conversion", "place", "position", "statement")
     SELECT $1, $2, "position", "statement" FROM unnest($3::text[]) WITH ORDINALITY AS given ("statement", "position")
      WHERE NOT EXISTS (SELECT FROM "id_conversion"."kept" WHERE "conversion" = $1 AND "place" = $2)`,
    [conversion, place, statements],
  );
}

/** Empty where nothing is kept. */
export async function keptStatements(query: Query, conversion: string, place: string): Promise<string[]> {
  const rows = await query<{ statement: string }>(
    `SELECT "statement" FROM "id_conversion"."kept" WHERE "conversion" = $1 AND "place" = $2 ORDER BY "position"`,
    [conversion, place],
  );
  return rows.map(({ statement }) => statement);
}

/** Once they have run. */
export async function forgetStatements(query: Query, conversion: string, place: string): Promise<void> {
  await query(`DELETE FROM "id_conversion"."kept" WHERE "conversion" = $1 AND "place" = $2`, [
    conversion,
    place,
  ]);
}
