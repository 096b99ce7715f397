/**
 * Structured logs: one JSON object a line, on stdout, with the service, the request and the trace it belongs to, and no
 * secrets.
 *
 * Owns what a line looks like. Does not own when one is written.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/http.config';
import { currentTraceId } from '../observability/current-traceparent';
import { redactSecrets, redactUrl } from './redaction';
import { currentRequestId } from './request-id';
import { serializeError } from './serialize-error';

export interface LoggerSettings {
  /** Nx project name, for example `user-service`. */
  readonly service: string;
  readonly level: LogLevel;
}

/** The logger of a service; lines go to `stream`, stdout when left out. */
export function createLogger({ service, level }: LoggerSettings, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      mixin: () => {
        const requestId = currentRequestId();
        const traceId = currentTraceId();
        return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
      },
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => redactSecrets(line) as Record<string, unknown>,
      },
      serializers: { err: errorOnce, req: serializeRequest, res: serializeResponse },
    },
    // Lines are written at once: none is lost when the process ends.
    stream ?? destination({ fd: 1, sync: true }),
  );
}

/** pino's standard serializer would take what `redactSecrets` made of an error for an error again. */
function errorOnce(error: unknown): unknown {
  return error instanceof Error ? serializeError(error) : error;
}

/** No headers and no body. */
function serializeRequest(request: IncomingMessage & { originalUrl?: string }): Record<string, unknown> {
  return {
    method: request.method,
    url: redactUrl(request.originalUrl ?? request.url ?? ''),
    remoteAddress: request.socket?.remoteAddress,
    userAgent: request.headers?.['user-agent'],
  };
}

function serializeResponse(response: ServerResponse): Record<string, unknown> {
  return { status: response.statusCode };
}
