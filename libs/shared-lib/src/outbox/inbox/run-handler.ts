import type { EntityManager } from 'typeorm';
import type { EventContract } from '../../events/event-contract';
import { withSpan } from '../../observability/with-span';
import type { MessagingMetrics } from '../messaging-metrics';
import type { DeliveredEvent } from './delivery';
import type { Subscription } from './handlers';

/** What an event says, in the words of its newest contract. */
export interface UnderstoodEvent {
  readonly contract: EventContract;
  readonly data: object;
}

/** Lets the service do what it does about an event; nothing, where it has no handler for this kind. Throws what that throws. */
export async function runHandler(
  manager: EntityManager,
  { source, events }: Subscription,
  { envelope }: DeliveredEvent,
  { contract, data }: UnderstoodEvent,
  metrics?: MessagingMetrics,
): Promise<void> {
  const handler = events.get(contract.subject);
  if (!handler) return;
  const { id, type, aggregateId, sequence, time, traceparent } = envelope;
  const event = { id, service: source, type, aggregateId, sequence, time: new Date(time), data };
  const startedAt = performance.now();
  let outcome: 'done' | 'failed' = 'failed';
  try {
    const handle = (): Promise<void> => handler(event, manager);
    await (traceparent === undefined
      ? handle()
      : withSpan(`handle ${type}`, { kind: 'consumer', traceparent }, handle));
    outcome = 'done';
  } finally {
    metrics?.handled(contract.subject, outcome, (performance.now() - startedAt) / 1000);
  }
}
