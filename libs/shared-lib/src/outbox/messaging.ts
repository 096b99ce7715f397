import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { AggregateContract } from '../events/aggregate-contract';
import type { EventContract } from '../events/event-contract';
import { EventRegistry } from '../events/event-registry';
import type { Subscriptions } from '../events/subscriptions';
import { NatsConnector } from '../nats/nats-connector';
import { Metrics } from '../observability/metrics';
import { discoverMethods, type DiscoveredMethod } from '../discovery/discover-methods';
import { subscriptionsWithHandlers, type Subscription } from './inbox/handlers';
import { ON_EVENT, ON_SNAPSHOT } from './inbox/on-event';
import { Listener } from './listener';
import { MessagingConfig } from './messaging.config';
import type { MessagingSettings } from './messaging-settings';
import { metricsOfMessaging } from './metrics-of-messaging';
import { Owner } from './owner';
import { Retention } from './retention';
import { SNAPSHOT_OF, type SnapshotReader } from './snapshot-of';

/** What a service says about its part in the platform's events. */
export interface MessagingOptions {
  /** Nx project name, for example `user-service`. */
  readonly service: string;
  /** `relay` for a process that publishes the service's events and does nothing else; `service` when left out. */
  readonly role?: 'service' | 'relay';
  /** Who listens to what, and every event there is: the platform's when left out. */
  readonly subscriptions?: Subscriptions;
  readonly events?: readonly EventContract[];
  readonly settings?: Partial<MessagingSettings>;
}

/** Starts and stops all that sends and receives, with the application. Rests where no NATS server was named. */
@Injectable()
export class Messaging implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Messaging.name);
  private parts: readonly { start(): void; stop(): Promise<void> }[] = [];
  /** Filled when the application's classes are there. */
  readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly options: MessagingOptions,
    private readonly settings: MessagingSettings,
    private readonly config: MessagingConfig,
    private readonly registry: EventRegistry,
    private readonly dataSource: DataSource,
    private readonly nats: NatsConnector,
    private readonly metrics: Metrics,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws OutboxError HANDLERS_DISAGREE: the service does not boot then */
  onModuleInit(): void {
    const { service, role = 'service', subscriptions: declared } = this.options;
    const types = new Set(this.registry.contracts.map(({ subject }) => subject));
    const metrics = metricsOfMessaging(this.metrics, this.dataSource, types);
    if (role === 'service') {
      const onEvent = this.discover<EventContract>(ON_EVENT);
      const onSnapshot = this.discover<AggregateContract>(ON_SNAPSHOT);
      this.subscriptions.push(...subscriptionsWithHandlers(service, onEvent, onSnapshot, declared));
    }
    const { dataSource, nats, settings, registry, subscriptions } = this;
    const shared = { service, dataSource, nats, settings, metrics };
    const isRelay = role === 'relay' || this.config.outboxRelay === 'on';
    const owner = new Owner({ ...shared, subscriptions: declared, isRelay, snapshots: this.snapshots() });
    this.parts = [
      owner,
      ...(role === 'service' ? [new Listener({ ...shared, registry, subscriptions })] : []),
      new Retention(dataSource),
    ];
  }

  onApplicationBootstrap(): void {
    if (!this.nats.isConfigured) {
      this.logger.warn('no NATS server was named: events are written, and neither sent nor received');
      return;
    }
    for (const part of this.parts) part.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.nats.stopWaiting();
    await Promise.all(this.parts.map((part) => part.stop()));
  }

  private snapshots(): ReadonlyMap<string, SnapshotReader> {
    const methods = this.discover<AggregateContract>(SNAPSHOT_OF);
    return new Map(methods.map(({ metadata, call }) => [metadata.aggregate, call as SnapshotReader]));
  }

  private discover<Metadata>(key: string): DiscoveredMethod<Metadata>[] {
    const { discovery, scanner, reflector } = this;
    return discoverMethods<Metadata>({ discovery, scanner, reflector }, key);
  }
}
