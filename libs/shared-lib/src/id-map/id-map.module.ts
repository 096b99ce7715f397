/**
 * The room `id-map` carries the id maps of online conversions (number -> UUID of each converted key) from the service that
 * owns the key to those that refer to it, and answers what became of an old id. It does nothing in a database without a
 * conversion. Who converts, and what is filled from the maps, is the migrator's (tools/migrator/src/conversion).
 *
 *        owner                                                        a service that refers to it
 *   backfill ── publishPairs ──┐                                                   ┌──> copy of the map
 *   triggers ── NewPairs ──────┴─> outbox ─> JetStream ─> inbox ─> PairHandlers ───┤
 *   OwnerAnswers <───────────── digest? page? ───────────────────── MapCopies ─────┘
 *
 * What holds:
 * - A pair is never changed. What contradicts one that is there is a dead letter, and never stored.
 * - Events alone make no promise to be complete: they may have come before the copy was there. Complete is a copy that
 *   MapCopies has compared with the owner's map, when somebody wanted that (`wantCopy`).
 * - Pairs are packed and unpacked by Postgres, thousands at a time; Node carries text.
 */
import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NatsConnector } from '../nats/nats-connector';
import { Outbox } from '../outbox/outbox';
import { IdMaps, type IdMapOptions } from './id-maps';
import { laneSnapshotsOf } from './lane-snapshots';
import { IdMapController } from './lookup/id-map.controller';
import { IdMapLookup } from './lookup/id-map-lookup';
import { pairHandlersOf } from './pair-handlers';

/** Beside MessagingModule; what it `follows` must be in SUBSCRIPTIONS, both aggregates of it. */
@Module({})
export class IdMapModule {
  static forService(options: IdMapOptions): DynamicModule {
    const { service, owns, follows = [] } = options;
    return {
      module: IdMapModule,
      controllers: owns ? [IdMapController] : [],
      providers: [
        {
          provide: IdMaps,
          inject: [DataSource, NatsConnector, Outbox],
          useFactory: (dataSource: DataSource, nats: NatsConnector, outbox: Outbox) =>
            new IdMaps(options, dataSource, nats, outbox),
        },
        {
          provide: IdMapLookup,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new IdMapLookup(service, dataSource),
        },
        ...(owns ? [laneSnapshotsOf(owns)] : []),
        ...follows.map((contracts) => pairHandlersOf(contracts)),
      ],
      exports: [IdMapLookup],
    };
  }
}
