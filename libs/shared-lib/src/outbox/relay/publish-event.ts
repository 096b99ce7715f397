import type { JetStreamClient } from 'nats';
import { encodeEvent } from '../../events/event-envelope';
import { withSpan } from '../../observability/with-span';
import type { UnpublishedEvent } from './unpublished';

const ACKNOWLEDGEMENT_TIMEOUT_MS = 5_000;

/**
 * Resolves when the stream has it.
 * @throws EventError when it is none that could ever be sent; NatsError when it may be tried again
 */
export async function publishEvent(
  stream: JetStreamClient,
  service: string,
  event: UnpublishedEvent,
): Promise<void> {
  const { traceparent } = event;
  const message = encodeUnpublished(service, event);
  const publish = async (): Promise<void> => {
    await stream.publish(event.type, message, {
      // The stream drops an id that it has seen in the last two minutes; what is published anew on purpose needs another.
      msgID: `${event.id}/${event.publishes}`,
      timeout: ACKNOWLEDGEMENT_TIMEOUT_MS,
    });
  };
  if (traceparent === null) return publish();
  return withSpan(`publish ${event.type}`, { kind: 'producer', traceparent }, publish);
}

/** @throws EventError */
export function encodeUnpublished(service: string, event: UnpublishedEvent): Uint8Array {
  const { id, type, aggregate_id, sequence, occurred_at, data, traceparent } = event;
  return encodeEvent({
    ...{ id, service, type, data },
    aggregateId: aggregate_id,
    sequence: Number(sequence),
    time: occurred_at.toISOString(),
    ...(traceparent !== null && { traceparent }),
  });
}
