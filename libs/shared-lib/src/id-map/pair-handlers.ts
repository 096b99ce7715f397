import { Injectable, type Type } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IdMapContracts, PackedPairs } from '../events/contracts/id-map';
import { EventError } from '../events/event-error';
import { OnEvent, OnSnapshot, type ReceivedEvent, type SnapshotItem } from '../outbox/inbox/on-event';
import { distrustCopy } from './copy-rows';
import { mapOfLane } from './lane';
import { findIdMap } from './registered-maps';
import { queryOf } from './query';
import { storePairs } from './store-pairs';

/**
 * A class whose methods store the pairs that an owner tells of, where this database has a copy of the map. Where it has none
 * they pass by: a copy that is made later is read from the owner as a whole (see map-copies.ts).
 */
export function pairHandlersOf(contracts: IdMapContracts): Type {
  @Injectable()
  class PairHandlers {
    @OnEvent(contracts.filled)
    onFilled(event: ReceivedEvent<PackedPairs>, manager: EntityManager): Promise<void> {
      return store(event, manager);
    }

    @OnEvent(contracts.made)
    onMade(event: ReceivedEvent<PackedPairs>, manager: EntityManager): Promise<void> {
      return store(event, manager);
    }

    @OnSnapshot(contracts.map)
    onMapSkipped(item: SnapshotItem<PackedPairs>, manager: EntityManager): Promise<void> {
      return skip(contracts.service, item, manager);
    }

    @OnSnapshot(contracts.pair)
    onPairSkipped(item: SnapshotItem<PackedPairs>, manager: EntityManager): Promise<void> {
      return skip(contracts.service, item, manager);
    }
  }
  return PairHandlers;
}

/** @throws EventError EVENT_REFUSED: the dead letter makes the copy be compared with the owner's map */
async function store({ service, data }: ReceivedEvent<PackedPairs>, manager: EntityManager): Promise<void> {
  const query = queryOf(manager);
  const copy = await findIdMap(query, data.map, service);
  if (!copy) return;
  const { contradiction } = await storePairs(query, copy, data);
  if (contradiction === undefined) return;
  throw new EventError(
    'EVENT_REFUSED',
    `${contradiction}. A number has one UUID for ever, so one of the two is wrong: mend that, then replay the event.`,
  );
}

/** A lane that goes on behind events which this service never saw: their pairs must be asked for. */
function skip(service: string, { aggregateId }: SnapshotItem, manager: EntityManager): Promise<void> {
  return distrustCopy(queryOf(manager), mapOfLane(aggregateId), service);
}
