import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const HEALTH_PATH = /^\/health(\/|$)/;

/** One line for every request when it ends: errors for 5xx with what caused it, debug for health checks that pass. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    // The logger's own serializers; pino-http would put its standard ones, which log headers, above them.
    wrapSerializers: false,
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: (request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return HEALTH_PATH.test(request.url ?? '') ? 'debug' : 'info';
    },
    customErrorMessage: () => 'request failed',
    customSuccessObject: (request, _response, fields: object) => ({ req: request, ...fields }),
    customErrorObject: (request, _response, _error, fields: object) => ({ req: request, ...fields }),
  });
}
