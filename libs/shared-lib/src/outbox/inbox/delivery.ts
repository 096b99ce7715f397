import { decodeEvent, type EventEnvelope } from '../../events/event-envelope';
import { EventError } from '../../events/event-error';
import { storableText } from '../../database/storable-text';
import type { NewDeadLetter } from '../dead-letters/write-dead-letter';
import type { Subscription } from './handlers';
import type { PendingEvent } from './inbox-rows';

/** A message as it came. */
export interface Delivery {
  readonly message: Uint8Array;
  /** Where it was delivered; left out for what was kept, whose own word has been checked. */
  readonly subject?: string;
}

export interface DeliveredEvent {
  readonly envelope: EventEnvelope;
  readonly message: Uint8Array;
  /** How it waited, when it did. */
  readonly pending?: PendingEvent;
}

/** The event that a message is, or the dead letter that it becomes when it is none of this subscription. */
export function readDelivery(
  { source, aggregate }: Pick<Subscription, 'source' | 'aggregate'>,
  { message, subject }: Delivery,
): DeliveredEvent | NewDeadLetter {
  try {
    const envelope = decodeEvent(message);
    if (!isStorable(envelope.aggregateId) || !isStorable(envelope.id)) {
      throw new EventError('EVENT_MALFORMED', 'an id of the message is none that a row could have');
    }
    const isOurs = envelope.service === source && envelope.type.startsWith(`${source}.${aggregate}.`);
    if (!isOurs || (subject !== undefined && subject !== envelope.type)) {
      throw new EventError(
        'EVENT_MALFORMED',
        `the message says that it is ${envelope.type} of ${envelope.service}`,
      );
    }
    return { envelope, message };
  } catch (error) {
    if (!(error instanceof EventError)) throw error;
    return {
      subject: subject ?? `${source}.${aggregate}`,
      ...{ message, code: error.code, error: error.message, attempts: 1 },
    };
  }
}

const LONGEST_ID = 200;

/** What Postgres gives back as it was given: half a character would come back as another one, and zero it refuses. */
function isStorable(id: string): boolean {
  return id !== '' && id === storableText(id, LONGEST_ID);
}
