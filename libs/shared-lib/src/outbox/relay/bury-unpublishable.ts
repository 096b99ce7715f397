import type { EntityManager } from 'typeorm';
import type { EventError } from '../../events/event-error';
import { writeDeadLetter } from '../dead-letters/write-dead-letter';
import { markPublished, type UnpublishedEvent } from './unpublished';

/**
 * Takes an event out of the way that can never be sent, which only somebody who writes the table by hand can make: the
 * writer refuses it. Its listeners notice the gap and ask for the state that it left behind.
 */
export async function buryUnpublishable(
  manager: EntityManager,
  service: string,
  event: UnpublishedEvent,
  { code, message }: EventError,
): Promise<void> {
  const { aggregate, aggregate_id: aggregateId, sequence, type } = event;
  await writeDeadLetter(manager, {
    ...{ subject: type, source: service, aggregate, aggregateId, sequence: Number(sequence) },
    message: Buffer.from(JSON.stringify(event)),
    ...{ code, error: message, attempts: 1 },
  });
  await markPublished(manager, [{ ...event, is_unawaited: true }]);
}
