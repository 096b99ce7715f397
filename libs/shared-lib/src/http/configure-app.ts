/**
 * What stands between the network and every service's controllers, the same in production and in tests.
 *
 * Owns the order: duration, trace, request id, request log, security headers, CORS, body, validation, problems. Does not listen.
 */
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { HttpConfig } from '../config/http.config';
import { httpDuration } from '../observability/http-duration';
import { httpSpan } from '../observability/http-span';
import { setUpOpenApi } from './open-api';
import { ProblemFilter } from './problem.filter';
import { requestId, REQUEST_ID_HEADER } from './request-id';
import { requestLog } from './request-log';
import { createValidationPipe } from './validation.pipe';

export interface AppSettings {
  /** Nx project name, for example `user-service`. */
  readonly service: string;
  readonly config: Readonly<HttpConfig>;
  readonly logger: Logger;
}

/** What `NestFactory.create` must be told for `configureApp` to have the say about bodies and failed boots. */
export const SERVICE_APP_OPTIONS = {
  bodyParser: false,
  abortOnError: false,
} satisfies NestApplicationOptions;

/** Puts the pipeline on an application that was created with SERVICE_APP_OPTIONS and is not initialized yet. */
export function configureApp(app: NestExpressApplication, { service, config, logger }: AppSettings): void {
  const duration = httpDuration(app);
  if (duration) app.use(duration);
  app.use(httpSpan());
  app.use(requestId());
  app.use(requestLog(logger));
  app.use(helmet());
  app.enableCors({ origin: [...config.corsOrigins], exposedHeaders: [REQUEST_ID_HEADER] });
  app.useBodyParser('json', { limit: config.bodyLimit });
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter());
  setUpOpenApi(app, service);
}
