import type { RequestHandler } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const HEALTH_PATH = /^\/health(\/|$)/;

/** One line for every request when it ends: errors for 5xx with what caused it, debug for health checks that pass. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    // The logger's own serializers; pino-http would put its standard ones, which log headers, above them.
    wrapSerializers: false,
    // The request is in every line of its logger already; its id would otherwise come from a context that a request
    // which is broken off may have lost by then.
    customSuccessObject: withRequestId,
    customErrorObject: (request, response, _error, fields: object) =>
      withRequestId(request, response, fields),
    customLogLevel: (request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return HEALTH_PATH.test(request.url ?? '') ? 'debug' : 'info';
    },
    customErrorMessage: () => 'request failed',
  });
}

function withRequestId(request: IncomingMessage, _response: ServerResponse, fields: object): object {
  return { requestId: request.id, ...fields };
}
