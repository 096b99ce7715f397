import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { DatabaseConfig } from '../config/database.config';
import { HttpConfig } from '../config/http.config';
import { configureApp, SERVICE_APP_OPTIONS } from '../http/configure-app';
import { createLogger } from '../http/logger';
import { NestLogger } from '../http/nest-logger';
import { NatsConfig } from '../nats/nats.config';
import { testDatabaseConfig } from './migrated-database';
import type { TestDatabase } from './test-database';

export interface TestAppSettings {
  /** The database to use, from `createMigratedDatabase` or `createTestDatabase`. */
  readonly database: Pick<TestDatabase, 'url'>;
  /** The NATS server to use, from `useNats`. Without one nothing is sent and nothing is received. */
  readonly nats?: { readonly url: string };
  /** Nx project name; `test-service` when left out. */
  readonly service?: string;
  /** What differs from the defaults of HttpConfig. Logs are silent unless a level is given. */
  readonly config?: Partial<HttpConfig>;
  /** Replaces further providers before the module is compiled. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** Takes the log lines, for tests of what is logged. */
  readonly log?: { write(line: string): void };
}

/**
 * A service's application as production builds it (validation, problems, logs, /docs), on a test's own database. It is
 * initialized, does not listen, and is for `request(app.getHttpServer())`. The caller closes it, then drops the database.
 */
export async function createTestApp(
  module: Type,
  settings: TestAppSettings,
): Promise<NestExpressApplication> {
  const { database, nats, service = 'test-service', override = (builder) => builder, log } = settings;
  const config = Object.assign(new HttpConfig(), { logLevel: log ? 'info' : 'silent' }, settings.config);
  const logger = createLogger({ service, level: config.logLevel }, log);
  const builder = Test.createTestingModule({ imports: [module] })
    .overrideProvider(DatabaseConfig)
    .useValue(testDatabaseConfig(database.url))
    .overrideProvider(NatsConfig)
    .useValue(Object.assign(new NatsConfig(), { url: nats?.url }))
    .setLogger(new NestLogger(logger));
  const testingModule = await override(builder).compile();
  const app = testingModule.createNestApplication<NestExpressApplication>({
    ...SERVICE_APP_OPTIONS,
    logger: new NestLogger(logger),
  });
  configureApp(app, { service, config, logger });
  return app.init();
}
