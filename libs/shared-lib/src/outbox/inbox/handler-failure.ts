import { QueryFailedError } from 'typeorm';
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

/**
 * Classes of SQLSTATE that say that the database is away, and not that a statement is wrong: connection exceptions,
 * insufficient resources, operator intervention (but for a statement that was cancelled: it ran too long).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY = /^(08...|53...|57P0.)$/;

/** What the operating system says of a connection that broke or was never made. */
const BROKEN = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/;

/** Whether nobody is to blame but the connection: the same may work as soon as the database is back. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof HandlerFailure) return isDatabaseAway(error.cause);
  const isQuery = error instanceof QueryFailedError;
  const { code } = (isQuery ? error.driverError : (error ?? {})) as { code?: unknown };
  // The driver itself has no code for a connection that ended under a query.
  if (typeof code !== 'string') return isQuery;
  return BROKEN.test(code) || AWAY.test(code);
}
