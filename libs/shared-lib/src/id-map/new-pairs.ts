/**
 * Tells the other services of pairs that clients make while the conversion goes on. The pairing triggers write down which
 * ones, in `unpublished_pairs`, by the client's own transaction; this loop turns them into events.
 *
 * It asks, and is not notified: a client that sent a NOTIFY would hold a lock of the whole server while it commits (see
 * outbox/relay/wake-up.ts). In a database without a conversion it looks every few seconds whether there is one.
 */
import type { DataSource, EntityManager } from 'typeorm';
import type { EventContract } from '../events/event-contract';
import { MOST_PAIRS_OF_A_MESSAGE, type IdMapContracts } from '../events/contracts/id-map';
import { BackgroundLoop, type Round } from '../outbox/background-loop';
import type { NewEvent } from '../outbox/event-statement';
import type { Outbox } from '../outbox/outbox';
import { laneOf } from './lane';
import { packNumbers } from './pack-pairs';
import { idMapOf } from './registered-maps';
import { queryOf } from './query';

/** A quarter of the time in which the others are to know. */
const POLL_MS = 250;
/** Between two looks whether a conversion has begun. */
const LOOK_EVERY_MS = 3_000;

/** Rows that another process is at are left to it; so are those of maps that nobody registered. */
const TAKE = `
  WITH taken AS (
    DELETE FROM "id_conversion"."unpublished_pairs" WHERE ctid = ANY (ARRAY(
      SELECT pair.ctid FROM "id_conversion"."unpublished_pairs" AS pair
        JOIN "id_conversion"."id_maps" AS map ON map."map" = pair."map" AND map."owner" = $1
       LIMIT ${MOST_PAIRS_OF_A_MESSAGE} FOR UPDATE OF pair SKIP LOCKED))
    RETURNING "map", "number"
  )
  SELECT map.*, numbers, taken FROM (
    SELECT "map", array_agg(DISTINCT "number")::text AS numbers, count(*)::int AS taken FROM taken GROUP BY "map"
  ) AS made JOIN "id_conversion"."id_maps" AS map USING ("map")`;

interface Made {
  readonly map: string;
  readonly owner: string;
  readonly table_name: string;
  /** As Postgres writes an array. */
  readonly numbers: string;
  readonly taken: number;
}

export class NewPairs {
  private readonly loop: BackgroundLoop;
  private looksAgainAt = 0;

  constructor(
    private readonly contracts: IdMapContracts,
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {
    this.loop = new BackgroundLoop({ name: NewPairs.name, work: () => this.round(), idleMs: POLL_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    if (performance.now() < this.looksAgainAt) return 'idle';
    if (!(await this.isConversionThere())) {
      this.looksAgainAt = performance.now() + LOOK_EVERY_MS;
      return 'idle';
    }
    const taken = await this.dataSource.transaction((manager) => this.publish(manager));
    return taken === MOST_PAIRS_OF_A_MESSAGE ? 'more' : 'idle';
  }

  /** Both tables: in the middle of a migration there may be one of them. */
  private async isConversionThere(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ there: boolean }[]>(
      `SELECT to_regclass('id_conversion.id_maps') IS NOT NULL
              AND to_regclass('id_conversion.unpublished_pairs') IS NOT NULL AS there`,
    );
    return row!.there;
  }

  /** @returns how many rows were taken */
  private async publish(manager: EntityManager): Promise<number> {
    const query = queryOf(manager);
    const made = await query<Made>(TAKE, [this.contracts.service]);
    const events: NewEvent[] = [];
    for (const row of made) {
      const { packed } = await packNumbers(query, idMapOf(row), row.numbers);
      // Without one the rows were deleted by hand: there is nothing to tell.
      if (!packed) continue;
      const first = /-?\d+/.exec(row.numbers)![0];
      events.push({
        contract: this.contracts.made as EventContract,
        aggregateId: laneOf(row.map, first),
        data: packed,
      });
    }
    await this.outbox.publishAll(manager, events);
    return made.reduce((sum, { taken }) => sum + taken, 0);
  }
}
