import { Module, type DynamicModule } from '@nestjs/common';
import { loadNatsConfig, NatsConfig } from './nats.config';
import { NatsConnector } from './nats-connector';

/**
 * A service's connection to NATS, for all of its modules. Settings are read when the application starts, so that tests put
 * their own in the place of NatsConfig.
 */
@Module({})
export class NatsModule {
  static forService(service: string): DynamicModule {
    return {
      module: NatsModule,
      global: true,
      providers: [
        { provide: NatsConfig, useFactory: () => loadNatsConfig(service) },
        {
          provide: NatsConnector,
          inject: [NatsConfig],
          useFactory: (config: NatsConfig) => new NatsConnector(config, service),
        },
      ],
      exports: [NatsConfig, NatsConnector],
    };
  }
}
