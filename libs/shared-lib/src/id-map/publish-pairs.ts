import { defineIdMaps } from '../events/contracts/id-map';
import type { EventContract } from '../events/event-contract';
import type { Subscriptions } from '../events/subscriptions';
import { eventStatement } from '../outbox/event-statement';
import { IdMapError } from './id-map-error';
import { laneOf } from './lane';
import { packRange, type NumberRange } from './pack-pairs';
import { findIdMap } from './registered-maps';
import type { Query } from './query';

export interface PublishOptions extends NumberRange {
  /** The owner of the map: the service whose database this is. */
  readonly service: string;
  /** `users` */
  readonly map: string;
  /** Who listens to what: the platform's when left out. */
  readonly subscriptions?: Subscriptions;
}

/**
 * Tells the other services of the pairs of a range of numbers (both ends are part of it), in as few messages as they fit
 * into. For the backfill: the messages are written by the transaction that makes the pairs. Telling twice does no harm.
 *
 * It locks a counter or a few until the transaction ends, so that should be soon.
 *
 * @param query of a transaction, in a database with messaging tables
 * @returns how many pairs there were
 * @throws IdMapError ID_MAP_NOT_FOUND
 */
export async function publishPairs(
  query: Query,
  { service, map: name, subscriptions, from, to }: PublishOptions,
): Promise<number> {
  const map = await findIdMap(query, name, service);
  if (!map) throw IdMapError.notFound(name, service);
  const contract = defineIdMaps(service).filled as EventContract;
  let total = 0;
  for (let next: string | undefined = from; next !== undefined;) {
    const { packed, last } = await packRange(query, map, { from: next, to });
    if (!packed || last === undefined) break;
    const event = { contract, aggregateId: laneOf(name, next), data: packed };
    const { statement, values } = eventStatement([event], { service, subscriptions });
    await query(statement.text, values);
    total += packed.count;
    next = numberAfter(last, to);
  }
  return total;
}

function numberAfter(last: string, end: string): string | undefined {
  return last === end ? undefined : String(BigInt(last) + 1n);
}
