import type { AggregateContract } from '../../events/aggregate-contract';
import type { EventContract } from '../../events/event-contract';
import { subscriptionsOf, type Subscriptions } from '../../events/subscriptions';
import type { DiscoveredMethod } from '../../discovery/discover-methods';
import { OutboxError } from '../outbox-error';
import type { EventHandler, SnapshotHandler } from './on-event';

/** An aggregate that a service listens to, and what it does about it. */
export interface Subscription {
  /** The service that publishes it. */
  readonly source: string;
  readonly aggregate: string;
  readonly contract: AggregateContract;
  /** By the subject of the newest version; an event without a handler is of no interest. */
  readonly events: ReadonlyMap<string, EventHandler>;
  readonly onSnapshot?: SnapshotHandler;
}

/**
 * What a service listens to, by what was declared, and its handlers.
 * @throws OutboxError HANDLERS_DISAGREE when a handler is for something that nobody declared, or two are for the same
 */
export function subscriptionsWithHandlers(
  service: string,
  onEvent: readonly DiscoveredMethod<EventContract>[],
  onSnapshot: readonly DiscoveredMethod<AggregateContract>[],
  declared?: Subscriptions,
): readonly Subscription[] {
  const subscriptions = subscriptionsOf(service, declared).map((contract) => {
    const isOfIt = ({ metadata }: DiscoveredMethod<{ service: string; aggregate: string }>): boolean =>
      metadata.service === contract.service && metadata.aggregate === contract.aggregate;
    return {
      ...{ source: contract.service, aggregate: contract.aggregate, contract },
      events: uniqueBySubject(onEvent.filter(isOfIt)),
      onSnapshot: only(contract, onSnapshot.filter(isOfIt)),
    };
  });
  const known = new Set(subscriptions.map(({ source, aggregate }) => `${source}.${aggregate}`));
  for (const { name, metadata } of [...onEvent, ...onSnapshot]) {
    const aggregate = `${metadata.service}.${metadata.aggregate}`;
    if (known.has(aggregate)) continue;
    throw new OutboxError(
      'HANDLERS_DISAGREE',
      `${name} handles ${aggregate}, which ${service} does not subscribe to: add it to SUBSCRIPTIONS in the shared library's ` +
        'events/subscriptions.ts, so that the owner waits for this service too.',
    );
  }
  return subscriptions;
}

function uniqueBySubject(
  methods: readonly DiscoveredMethod<EventContract>[],
): ReadonlyMap<string, EventHandler> {
  const handlers = new Map<string, EventHandler>();
  for (const { name, metadata, call } of methods) {
    if (handlers.has(metadata.subject)) throw twice(name, metadata.subject);
    handlers.set(metadata.subject, call as EventHandler);
  }
  return handlers;
}

function only(
  { service, aggregate }: AggregateContract,
  methods: readonly DiscoveredMethod<AggregateContract>[],
): SnapshotHandler | undefined {
  const [method, second] = methods;
  if (second) throw twice(second.name, `the snapshot of ${service}.${aggregate}`);
  return method?.call as SnapshotHandler | undefined;
}

function twice(name: string, what: string): OutboxError {
  return new OutboxError(
    'HANDLERS_DISAGREE',
    `${name} is a second handler of ${what}; make it one, they would run in one transaction anyway.`,
  );
}
