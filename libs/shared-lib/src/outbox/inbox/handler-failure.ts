import type { DeliveredEvent } from './delivery';

/** A handler threw. The transaction is to be taken back; the event is to be tried again. */
export class HandlerFailure extends Error {
  override readonly name = 'HandlerFailure';

  constructor(
    readonly event: DeliveredEvent,
    override readonly cause: unknown,
  ) {
    super(`the handler of ${event.envelope.type} failed`, { cause });
  }
}
