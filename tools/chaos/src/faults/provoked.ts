/** What the test itself sent to the services, so that the checks know it from what went wrong. */
export interface Provoked {
  /** Messages that are to be refused, in hexadecimal digits. */
  readonly messages: Set<string>;
  /** Aggregate ids that nobody but the test has published about. */
  readonly aggregateIds: Set<string>;
  /** Deliveries of events that had been delivered before. */
  redeliveries: number;
  /** Events that reached the listeners in shuffled order. */
  reordered: number;
  /** Events that were in the stream alone when its store was lost. */
  eventsLostWithStore: number;
}

export function nothingProvoked(): Provoked {
  return {
    messages: new Set(),
    aggregateIds: new Set(),
    redeliveries: 0,
    reordered: 0,
    eventsLostWithStore: 0,
  };
}
