import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';

/**
 * Classes of SQLSTATE that say that the database is away, and not that a statement is wrong: connection exceptions,
 * insufficient resources, operator intervention (but for a statement that was cancelled: it ran too long).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const AWAY = /^(08...|53...|57P0.)$/;

/** What Node says of a connection that broke or was never made. */
const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether nobody is to blame but the connection: the same may work as soon as the database is back. */
export function isDatabaseAway(error: unknown): boolean {
  const isQuery = error instanceof QueryFailedError;
  const cause: unknown = isQuery ? error.driverError : error;
  if (typeof cause !== 'object' || cause === null) return false;
  const { code } = cause as { code?: unknown };
  // The driver itself has no code for a connection that ended under a query.
  if (typeof code !== 'string') return isQuery;
  return BROKEN.has(code) || ((isQuery || cause instanceof DatabaseError) && AWAY.test(code));
}
