import type { ConversionDatabase } from '../conversion-database';
import { FILL_WAITING, WAITING_TABLE } from '../pairing/pairing-names';
import { databaseClock } from './database-clock';

/**
 * Fills rows that wait for pairs that are there: some at a time, until each of them was tried. Locked ones are left, and those that a
 * unique rule forbids.
 */
export async function fillWaitingRows(
  { query }: Pick<ConversionDatabase, 'query'>,
  map: string,
): Promise<void> {
  const began = await databaseClock(query);
  for (let triedBefore = '0'; ;) {
    const [call] = await query<{ filled: string }>(`SELECT ${FILL_WAITING}($1, NULL) AS "filled"`, [map]);
    if (call!.filled !== '0') continue;
    const [row] = await query<{ tried: string }>(
      `SELECT count(*) AS "tried" FROM ${WAITING_TABLE} WHERE "map" = $1 AND "tried_at" >= $2::timestamptz`,
      [map, began],
    );
    // No more than before: it was the second turn of each.
    if (row!.tried === triedBefore) return;
    triedBefore = row!.tried;
  }
}
