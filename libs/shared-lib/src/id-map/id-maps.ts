import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IdMapContracts } from '../events/contracts/id-map';
import type { NatsConnector } from '../nats/nats-connector';
import type { Outbox } from '../outbox/outbox';
import { MapCopies } from './map-copies';
import { NewPairs } from './new-pairs';
import { OwnerAnswers } from './owner-answers';
import { WaitingRows } from './waiting-rows';

/** What a service has to do with id maps. */
export interface IdMapOptions {
  /** Nx project name. */
  readonly service: string;
  /** Its own, when tables of it are converted. */
  readonly owns?: IdMapContracts;
  /** Those of the services whose converted ids it refers to. */
  readonly follows?: readonly IdMapContracts[];
}

interface Part {
  start(): void;
  stop(): Promise<void>;
}

/** Starts and stops all that goes on in the background, with the application. */
export class IdMaps implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly parts: readonly Part[];

  constructor(
    { service, owns, follows = [] }: IdMapOptions,
    dataSource: DataSource,
    private readonly nats: NatsConnector,
    outbox: Outbox,
  ) {
    const owners = follows.map((contracts) => contracts.service);
    const messaging = [
      ...(owns ? [new OwnerAnswers(service, dataSource, nats), new NewPairs(owns, dataSource, outbox)] : []),
      ...(owners.length > 0 ? [new MapCopies(owners, dataSource, nats)] : []),
    ];
    // Without a NATS server nobody can be told or asked.
    this.parts = [new WaitingRows(dataSource), ...(nats.isConfigured ? messaging : [])];
  }

  onApplicationBootstrap(): void {
    for (const part of this.parts) part.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.nats.stopWaiting();
    await Promise.all(this.parts.map((part) => part.stop()));
  }
}
