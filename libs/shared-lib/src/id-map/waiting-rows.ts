/**
 * Rows that have one half of a reference only, because its pair was not known when they were written. Which ones these are,
 * and what becomes of them, is the migrator's: it makes `id_conversion.fill_waiting(map, numbers)` in databases that can have
 * such rows. This is who calls it: whoever stores pairs, for those; and `WaitingRows` now and then for all that could not be
 * filled then (NULL), because their transaction had not ended, or somebody had locked them.
 */
import type { DataSource } from 'typeorm';
import { BackgroundLoop, type Round } from '../outbox/background-loop';
import { hasIdMaps } from './registered-maps';
import { queryOf, type Query } from './query';

const POLL_MS = 2_000;

export async function canFillWaiting(query: Query): Promise<boolean> {
  const [row] = await query<{ there: boolean }>(
    `SELECT to_regprocedure('id_conversion.fill_waiting(text, bigint[])') IS NOT NULL AS there`,
  );
  return row!.there;
}

/**
 * @param numbers of the pairs that came, as Postgres writes an array; null for all that can be filled
 * @returns how many rows were filled; a call fills so many and no more
 */
export async function fillWaiting(query: Query, map: string, numbers: string | null): Promise<number> {
  const [row] = await query<{ filled: number }>(
    `SELECT "id_conversion"."fill_waiting"($1, $2::bigint[])::int AS filled`,
    [map, numbers],
  );
  return row!.filled;
}

export class WaitingRows {
  private readonly loop: BackgroundLoop;

  constructor(private readonly dataSource: DataSource) {
    this.loop = new BackgroundLoop({ name: WaitingRows.name, work: () => this.round(), idleMs: POLL_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    const query = queryOf(this.dataSource.manager);
    if (!(await canFillWaiting(query)) || !(await hasIdMaps(query))) return 'idle';
    const maps = await query<{ map: string }>(`SELECT "map" FROM "id_conversion"."id_maps" ORDER BY "map"`);
    let filled = 0;
    for (const { map } of maps) filled += await fillWaiting(query, map, null);
    return filled > 0 ? 'more' : 'idle';
  }
}
