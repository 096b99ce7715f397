import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { PLATFORM_EVENTS } from '../events/contracts';
import { EventRegistry } from '../events/event-registry';
import { OperatorModule } from '../http/operator.module';
import { NatsConnector } from '../nats/nats-connector';
import { NatsModule } from '../nats/nats.module';
import { Metrics } from '../observability/metrics';
import { MetricsModule } from '../observability/metrics.module';
import { DeadLetters } from './dead-letters/dead-letters';
import { DeadLettersController } from './dead-letters/dead-letters.controller';
import { loadMessagingConfig, MessagingConfig } from './messaging.config';
import { Messaging, type MessagingOptions } from './messaging';
import { DEFAULT_MESSAGING_SETTINGS } from './messaging-settings';
import { Outbox } from './outbox';

/**
 * A service's part in the platform's events: `Outbox` to write them, `@OnEvent`, `@OnSnapshot` and `@SnapshotOf` found in its
 * classes, and everything that carries them. Needs a DataSource with `messagingEntities`.
 */
@Module({})
export class MessagingModule {
  static forService(options: MessagingOptions): DynamicModule {
    const { service, role, subscriptions, events = PLATFORM_EVENTS, settings } = options;
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule, NatsModule.forService(service), MetricsModule, OperatorModule],
      controllers: role === 'relay' ? [] : [DeadLettersController],
      providers: [
        { provide: MessagingConfig, useFactory: () => loadMessagingConfig() },
        { provide: EventRegistry, useFactory: () => new EventRegistry(events) },
        { provide: Outbox, useFactory: () => new Outbox(service, subscriptions) },
        {
          provide: Messaging,
          inject: [
            MessagingConfig,
            EventRegistry,
            DataSource,
            NatsConnector,
            Metrics,
            DiscoveryService,
            MetadataScanner,
            Reflector,
          ],
          useFactory: (config: MessagingConfig, ...rest: RestOfMessaging) => {
            const all = { ...DEFAULT_MESSAGING_SETTINGS, maxAttempts: config.eventMaxAttempts, ...settings };
            return new Messaging(options, all, config, ...rest);
          },
        },
        {
          provide: DeadLetters,
          inject: [DataSource, EventRegistry, Messaging],
          useFactory: (dataSource: DataSource, registry: EventRegistry, messaging: Messaging) =>
            new DeadLetters(dataSource, registry, messaging.subscriptions),
        },
      ],
      exports: [Outbox, EventRegistry],
    };
  }
}

type RestOfMessaging = [
  EventRegistry,
  DataSource,
  NatsConnector,
  Metrics,
  DiscoveryService,
  MetadataScanner,
  Reflector,
];
