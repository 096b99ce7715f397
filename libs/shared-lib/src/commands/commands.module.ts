import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { NatsConnector } from '../nats/nats-connector';
import { Metrics } from '../observability/metrics';
import { CommandClient } from './command-client';
import { CommandHandlers } from './command-handlers';
import { CommandProcessor } from './command-processor';
import { CommandServer } from './command-server';

/**
 * Lets a service send commands (`CommandClient`) and decide on its own (`@OnCommand`). Needs NatsModule, and
 * `processed_commands` in the service's database.
 */
@Module({})
export class CommandsModule {
  static forService(service: string): DynamicModule {
    return {
      module: CommandsModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        CommandClient,
        CommandHandlers,
        CommandProcessor,
        {
          provide: CommandServer,
          inject: [NatsConnector, CommandHandlers, CommandProcessor, { token: Metrics, optional: true }],
          useFactory: (
            connector: NatsConnector,
            handlers: CommandHandlers,
            processor: CommandProcessor,
            metrics?: Metrics,
          ) => new CommandServer(service, connector, handlers, processor, metrics),
        },
      ],
      exports: [CommandClient],
    };
  }
}
