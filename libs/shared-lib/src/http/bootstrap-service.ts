import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error';
import { loadDatabaseConfig } from '../config/database.config';
import { loadHttpConfig, type HttpConfig } from '../config/http.config';
import { loadAll } from '../config/load-all';
import { startTracing, type Tracing } from '../observability/tracing';
import { loadTracingConfig } from '../observability/tracing.config';
import { configureApp, SERVICE_APP_OPTIONS } from './configure-app';
import { shutDownGracefully } from './graceful-shutdown';
import { createLogger } from './logger';
import { NestLogger } from './nest-logger';

/** What the spans of a boot that failed get to be sent. */
const FAILED_BOOT_MS = 500;

export interface ServiceBoot {
  /** The service's root module. */
  readonly module: Type;
  /** Nx project name, for example `user-service`. */
  readonly service: string;
  /** The port to listen on unless PORT says otherwise, so that services can run side by side; 3000 when left out. */
  readonly defaultPort?: number;
  /** Read from the environment when left out. */
  readonly config?: Readonly<HttpConfig>;
}

/**
 * Starts a service: the whole of its `main.ts`.
 *
 *     void bootstrapService({ module: AppModule, service: 'user-service', defaultPort: 3001 });
 *
 * Never rejects. A service that cannot start logs one fatal line that says why, lets go of what it held, and leaves
 * exit status 1; the result is undefined then.
 */
export async function bootstrapService(boot: ServiceBoot): Promise<NestExpressApplication | undefined> {
  const { module, service, defaultPort } = boot;
  let logger = createLogger({ service, level: 'info' });
  let app: NestExpressApplication | undefined;
  let tracing: Tracing | undefined;
  try {
    // The database's settings are read again by its module; here, so that all faults are reported together.
    const [config, , tracingConfig] = loadAll(
      () => boot.config ?? loadHttpConfig(undefined, { port: defaultPort }),
      () => loadDatabaseConfig(service),
      () => loadTracingConfig(),
    );
    logger = createLogger({ service, level: config.logLevel });
    tracing = startTracing({ service, config: tracingConfig, logger });
    app = await NestFactory.create<NestExpressApplication>(module, {
      ...SERVICE_APP_OPTIONS,
      logger: new NestLogger(logger),
    });
    configureApp(app, { service, config, logger });
    await app.listen(config.port, config.host);
    shutDownGracefully(app, logger, config.shutdownTimeoutMs, tracing.shutDown);
    const { address, port } = app.getHttpServer().address() as AddressInfo;
    logger.info({ address, port }, 'listening');
    return app;
  } catch (error) {
    reportFailure(logger, error);
    process.exitCode = 1;
    await app?.close();
    await tracing?.shutDown(FAILED_BOOT_MS);
    return undefined;
  }
}

function reportFailure(logger: Logger, error: unknown): void {
  if (error instanceof ConfigError) logger.fatal({ code: error.code, faults: error.faults }, error.message);
  else logger.fatal({ err: error }, 'the service could not start');
}
