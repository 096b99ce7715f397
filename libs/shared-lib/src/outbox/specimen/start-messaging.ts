import { Module, type DynamicModule, type INestApplicationContext, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { EventContract } from '../../events/event-contract';
import { DatabaseConfig } from '../../config/database.config';
import { DatabaseModule } from '../../database/database.module';
import type { LogLevel } from '../../config/http.config';
import { createLogger } from '../../http/logger';
import { NestLogger } from '../../http/nest-logger';
import { NatsConfig } from '../../nats/nats.config';
import { createMigratedDatabase, testDatabaseConfig, type TestDatabase } from '../../testing';
import { MessagingModule } from '../messaging.module';
import type { MessagingOptions } from '../messaging';
import { messagingEntities } from '../tables/messaging-entities';
import { createMessagingTablesV1, dropMessagingTablesV1 } from '../tables/v1';
import { SPECIMEN_EVENTS, SPECIMEN_SUBSCRIPTIONS } from './contracts';

/** Both services have the same table: a squad, and up to which event it is known. */
class Squads1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createMessagingTablesV1(queryRunner);
    await queryRunner.query(
      `CREATE TABLE squads (id text PRIMARY KEY, name text NOT NULL, size int NOT NULL, sequence bigint NOT NULL DEFAULT 0)`,
    );
    await queryRunner.query(
      `CREATE TABLE heard (place bigint GENERATED ALWAYS AS IDENTITY, id text, sequence bigint, name text)`,
    );
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return dropMessagingTablesV1(queryRunner);
  }
}

export function createMessagingDatabase(service: string): Promise<TestDatabase> {
  return createMigratedDatabase({ service, entities: messagingEntities, migrations: [Squads1764000000000] });
}

export interface MessagingProcess {
  readonly app: INestApplicationContext;
  readonly dataSource: DataSource;
}

export interface MessagingProcessOptions extends Pick<
  MessagingOptions,
  'role' | 'settings' | 'subscriptions'
> {
  readonly service: string;
  readonly database: TestDatabase;
  /** Without one nothing is sent or received. */
  readonly natsUrl?: string;
  readonly providers?: Provider[];
  /** Beside messaging. */
  readonly imports?: DynamicModule[];
  readonly events?: readonly EventContract[];
  readonly logLevel?: LogLevel;
}

/** What tests wait for in seconds and not in minutes. */
const IMPATIENT = { firstRetryMs: 20, longestRetryMs: 100, gapPatienceMs: 500, receiptPatienceMs: 500 };

/** A process of a service, as far as its events are concerned. The caller closes the application. */
export async function startMessaging(options: MessagingProcessOptions): Promise<MessagingProcess> {
  const { service, database, natsUrl, providers = [], role, settings, events = SPECIMEN_EVENTS } = options;
  const { logLevel = 'silent', subscriptions = SPECIMEN_SUBSCRIPTIONS, imports = [] } = options;

  @Module({
    imports: [
      DatabaseModule.forService({ service, entities: messagingEntities }),
      MessagingModule.forService({
        ...{ service, role, events, subscriptions },
        settings: { ...IMPATIENT, ...settings },
      }),
      ...imports,
    ],
    providers,
  })
  class ProcessModule {}

  const testing = await Test.createTestingModule({ imports: [ProcessModule] })
    .overrideProvider(DatabaseConfig)
    .useValue({ ...testDatabaseConfig(database.url), poolSize: 10 })
    .overrideProvider(NatsConfig)
    .useValue({ url: natsUrl })
    .setLogger(new NestLogger(createLogger({ service, level: logLevel })))
    .compile();
  const app = await testing.init();
  return { app, dataSource: app.get(DataSource) };
}
