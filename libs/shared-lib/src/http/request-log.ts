import type { RequestHandler } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { traceIdOf } from '../observability/http-span';
import { isProbe } from '../observability/is-probe';

/** One line for every request when it ends: errors for 5xx with what caused it, debug for probes that pass. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    // The logger's own serializers; pino-http would put its standard ones, which log headers, above them.
    wrapSerializers: false,
    // The request is in every line of its logger already; its ids would otherwise come from a context that a request
    // which is broken off may have lost by then.
    customSuccessObject: withIds,
    customErrorObject: (request, response, _error, fields: object) => withIds(request, response, fields),
    customLogLevel: (request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return isProbe(request.url ?? '') ? 'debug' : 'info';
    },
    customErrorMessage: () => 'request failed',
  });
}

function withIds(request: IncomingMessage, _response: ServerResponse, fields: object): object {
  const traceId = traceIdOf(request);
  return { requestId: request.id, ...(traceId && { traceId }), ...fields };
}
