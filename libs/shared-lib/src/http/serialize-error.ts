import { stdSerializers } from 'pino';

/**
 * What a log line shows of an error: chosen fields alone. A failed query also carries its parameters, and the
 * database's error the values of the row; password hashes are among them.
 */
export function serializeError(error: Error): Record<string, unknown> {
  const { type, message, stack } = stdSerializers.err(error);
  const { code, constraint, query, driverError } = error as Error & Record<string, unknown>;
  const { code: sqlState, constraint: broken } = (driverError ?? {}) as Record<string, unknown>;
  return { type, message, stack, code: code ?? sqlState, constraint: constraint ?? broken, query };
}
