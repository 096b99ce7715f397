import type { ConversionDatabase } from '../conversion-database';
import { FILL_WAITING } from '../pairing/pairing-names';

/** Fills rows that wait for pairs that are there: some at a time, until nothing more can be filled. Locked ones are left. */
export async function fillWaitingRows({ query }: ConversionDatabase, map: string): Promise<void> {
  for (let filled = -1; filled !== 0;) {
    const [row] = await query<{ filled: string }>(`SELECT ${FILL_WAITING}($1, NULL) AS "filled"`, [map]);
    filled = Number(row!.filled);
  }
}
