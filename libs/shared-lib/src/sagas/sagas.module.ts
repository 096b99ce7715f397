import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CommandClient } from '../commands/command-client';
import { NatsConnector } from '../nats/nats-connector';
import { Metrics } from '../observability/metrics';
import { tellOfSagas } from './metrics-of-sagas';
import type { Saga } from './saga-definition';
import { SagaEngine } from './saga-engine';
import { Sagas } from './sagas';
import { loadSagasConfig, SagasConfig } from './sagas.config';
import { SagasController } from './sagas.controller';

export interface SagaSettings {
  /** Nx project name. */
  readonly service: string;
  /** Every version that may still be under way. */
  readonly sagas: readonly Saga[];
}

/**
 * Lets a service drive sagas. Needs NatsModule, CommandsModule and OperatorModule, and the tables of `createSagaTablesV1` in the
 * service's database.
 */
@Module({})
export class SagasModule {
  static forService({ service, sagas }: SagaSettings): DynamicModule {
    return {
      module: SagasModule,
      global: true,
      controllers: [SagasController],
      providers: [
        { provide: SagasConfig, useFactory: () => loadSagasConfig() },
        {
          provide: Sagas,
          inject: [DataSource, { token: Metrics, optional: true }],
          useFactory: (dataSource: DataSource, metrics?: Metrics) => {
            const all = new Sagas(service, sagas, dataSource);
            if (metrics) tellOfSagas(metrics, all);
            return all;
          },
        },
        {
          provide: SagaEngine,
          inject: [SagasConfig, DataSource, NatsConnector, CommandClient, Sagas],
          useFactory: (
            config: SagasConfig,
            dataSource: DataSource,
            connector: NatsConnector,
            client: CommandClient,
            all: Sagas,
          ) => new SagaEngine(service, sagas, config, dataSource, connector, client, all),
        },
      ],
      exports: [Sagas],
    };
  }
}
