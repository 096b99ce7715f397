/**
 * Where events are kept on NATS: one stream for each service that publishes, with everything that it publishes. The one
 * place where names of streams, consumers and subjects are made.
 */
import type { EventContract } from './event-contract';

export interface StreamSettings {
  readonly name: string;
  readonly subjects: readonly string[];
  /** A message of the same id is refused for that long. https://docs.nats.io/nats-concepts/jetstream/streams */
  readonly duplicateWindowMs: number;
  /** The outbox keeps an event until everybody has it, so the stream need not keep it for ever. */
  readonly maxAgeMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export function streamOf(service: string): StreamSettings {
  return {
    name: service,
    subjects: [`${service}.>`],
    duplicateWindowMs: 2 * MINUTE_MS,
    maxAgeMs: 7 * DAY_MS,
  };
}

/** What a service that listens to an aggregate is called in the owner's stream. */
export function consumerOf(listener: string, aggregate: string): string {
  return `${listener}_${aggregate}`;
}

/**
 * Everything about an aggregate. Whoever listens to one of its events gets all of them, because their order has no gaps.
 */
export function subjectsOf({ service, aggregate }: Pick<EventContract, 'service' | 'aggregate'>): string {
  return `${service}.${aggregate}.>`;
}
