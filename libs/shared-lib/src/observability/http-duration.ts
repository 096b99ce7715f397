import type { INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Metrics } from './metrics';
import { MetricsModule } from './metrics.module';
import { routeOf } from './route-of';

/** In the place of a status: the client went away before there was one. */
const BROKEN_OFF = 'broken off';

/** Measures every request, whatever refuses it. Undefined for an application without MetricsModule. */
export function httpDuration(app: INestApplicationContext): RequestHandler | undefined {
  const metrics = metricsOf(app);
  if (!metrics) return undefined;
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer, by the pattern of its route',
    labels: ['method', 'route', 'status'],
  });
  return (request: Request, response: Response, next: NextFunction) => {
    const stop = duration.startTimer({ method: request.method });
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : BROKEN_OFF;
      stop({ route: routeOf(request), status });
    });
    next();
  };
}

/** `app.get` would throw where there are none, and Nest does not export the error to tell it by. */
function metricsOf(app: INestApplicationContext): Metrics | undefined {
  const modules = [...app.get(ModulesContainer).values()];
  const module = modules.find(({ metatype }) => metatype === MetricsModule);
  return module?.getProviderByKey<Metrics>(Metrics)?.instance;
}
