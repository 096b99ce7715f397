/**
 * An event as it travels: CloudEvents 1.0 in its JSON format.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 *
 *   id       the outbox row's; the same however often it is delivered
 *   source   `/user-service`          type      its subject on NATS, `user-service.team.renamed.v1`
 *   subject  the aggregate's id       sequence  the how manyeth event of this aggregate, from 1 and without a gap
 *   time     when it was written      traceparent  the trace that it is part of, where there is one
 */
import { CloudEvent } from 'cloudevents';
import { EventError } from './event-error';

export interface EventEnvelope {
  readonly id: string;
  readonly service: string;
  readonly type: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: unknown;
  /** https://www.w3.org/TR/trace-context/#traceparent-header */
  readonly traceparent?: string;
}

/** NATS's own limit is 1 MiB for message and headers (`max_payload`). */
export const MAX_EVENT_BYTES = 512 * 1024;

/** What is left for an event's data: the envelope's own attributes have limits of their own, in the outbox's columns. */
export const MAX_EVENT_DATA_BYTES = MAX_EVENT_BYTES - 4 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws EventError EVENT_TOO_LARGE */
export function encodeEvent(envelope: EventEnvelope): Uint8Array {
  const { id, service, type, aggregateId, sequence, time, data, traceparent } = envelope;
  const event = new CloudEvent({
    ...{
      id,
      source: `/${service}`,
      type,
      subject: aggregateId,
      time,
      datacontenttype: 'application/json',
      data,
    },
    // Written as a string: extensions know 32-bit integers alone.
    sequence: String(sequence),
    ...(traceparent !== undefined && { traceparent }),
  });
  const bytes = encoder.encode(JSON.stringify(event));
  if (bytes.length <= MAX_EVENT_BYTES) return bytes;
  throw new EventError(
    'EVENT_TOO_LARGE',
    `${type} ${id} would take ${bytes.length} bytes, and ${MAX_EVENT_BYTES} are the limit: publish where the rest can be read, ` +
      'not the rest itself.',
  );
}

/** @throws EventError EVENT_MALFORMED */
export function decodeEvent(bytes: Uint8Array): EventEnvelope {
  const event = cloudEventOf(bytes);
  const { id, source, type, subject, time, data } = event;
  const { sequence, traceparent } = event as { sequence?: unknown; traceparent?: unknown };
  const service = /^\/(.+)$/.exec(source)?.[1];
  if (service === undefined) throw malformed('its source is not "/<service>"');
  if (subject === undefined || subject === '')
    throw malformed('it has no subject, the id of what it is about');
  if (typeof sequence !== 'string' || !/^[1-9]\d{0,14}$/.test(sequence)) {
    throw malformed('its sequence is not a number from 1');
  }
  return {
    ...{ id, service, type, aggregateId: subject, sequence: Number(sequence), data },
    time: time!,
    ...(typeof traceparent === 'string' && { traceparent }),
  };
}

function cloudEventOf(bytes: Uint8Array): CloudEvent<unknown> {
  try {
    const event = JSON.parse(decoder.decode(bytes)) as Readonly<Record<string, unknown>>;
    // The class would make up what is missing, and takes older versions.
    if (event['specversion'] !== '1.0') throw malformed('its specversion is not 1.0');
    for (const attribute of ['id', 'time']) {
      if (typeof event[attribute] !== 'string') throw malformed(`it has no ${attribute}`);
    }
    return new CloudEvent(event);
  } catch (error) {
    if (error instanceof EventError) throw error;
    throw malformed(error instanceof Error ? error.message : String(error), error);
  }
}

function malformed(problem: string, cause?: unknown): EventError {
  return new EventError('EVENT_MALFORMED', `the message is no event of ours: ${problem}`, { cause });
}
