/** How a class of a service says what it does about other services' events. */
import { SetMetadata } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AggregateContract } from '../../events/aggregate-contract';
import type { EventContract } from '../../events/event-contract';

/** An event as a handler sees it: in the newest version of its contract, and validated. */
export interface ReceivedEvent<Data extends object = object> {
  /** The message's; the same however often it is delivered. */
  readonly id: string;
  /** The service that published it. */
  readonly service: string;
  /** Its subject, in the version in which it was published. */
  readonly type: string;
  readonly aggregateId: string;
  /** The how manyeth event of this aggregate id, from 1. */
  readonly sequence: number;
  /** When it was written. */
  readonly time: Date;
  readonly data: Data;
}

/** What an aggregate is now, as its owner says when it is asked; the events up to and with `sequence` made it so. */
export interface SnapshotItem<State extends object = object> {
  readonly aggregateId: string;
  readonly sequence: number;
  /** Null when it is gone. */
  readonly data: State | null;
}

export type EventHandler<Data extends object = object> = (
  event: ReceivedEvent<Data>,
  manager: EntityManager,
) => Promise<void>;

export type SnapshotHandler<State extends object = object> = (
  item: SnapshotItem<State>,
  manager: EntityManager,
) => Promise<void>;

export const ON_EVENT = 'hockey-hub:on-event';
export const ON_SNAPSHOT = 'hockey-hub:on-snapshot';

type MethodOf<Handler> = <Method extends Handler>(
  target: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/**
 * A method that is called once for each event of this contract (and of its older versions, as this one), in the order of
 * the aggregate's events. It runs in the transaction that also records the event as processed, so all that it does must go
 * through the manager it is given; after a rollback it is called again. When it throws, the event is tried again with
 * growing pauses and is a dead letter in the end; at once, when it throws an EventError with the code EVENT_REFUSED.
 */
export function OnEvent<Data extends object>(contract: EventContract<Data>): MethodOf<EventHandler<Data>> {
  return SetMetadata(ON_EVENT, contract) as MethodOf<EventHandler<Data>>;
}

/**
 * A method that takes over what an aggregate is now: for everything that was there before this service began to listen, and
 * in the place of events that are lost for good. As for `OnEvent`, in one transaction with the record of it.
 */
export function OnSnapshot<State extends object>(
  aggregate: AggregateContract<State>,
): MethodOf<SnapshotHandler<State>> {
  return SetMetadata(ON_SNAPSHOT, aggregate) as MethodOf<SnapshotHandler<State>>;
}
