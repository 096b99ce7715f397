/**
 * What of the services takes part in a conversion, and nothing else of them: the owner answers about its id map and tells of new pairs, its relay
 * publishes them, and the follower keeps a copy. A process for each, so that each can be killed alone.
 */
import {
  DatabaseModule,
  IdMapModule,
  MessagingModule,
  USER_ID_MAPS,
  type Subscriptions,
} from '@hockey-hub/shared-lib';
import { messagingEntities } from '@hockey-hub/shared-lib/src/outbox/tables/messaging-entities';
import { Module } from '@nestjs/common';

const EVENTS = [USER_ID_MAPS.filled, USER_ID_MAPS.made];
const SUBSCRIPTIONS: Subscriptions = { 'training-service': [USER_ID_MAPS.map, USER_ID_MAPS.pair] };

const database = (service: string) => DatabaseModule.forService({ service, entities: messagingEntities });
const messaging = (service: string, role?: 'relay') =>
  MessagingModule.forService({
    service,
    events: EVENTS,
    subscriptions: SUBSCRIPTIONS,
    ...(role && { role }),
  });

@Module({
  imports: [
    ...[database('user-service'), messaging('user-service')],
    IdMapModule.forService({ service: 'user-service', owns: USER_ID_MAPS }),
  ],
})
export class OwnerModule {}

@Module({ imports: [database('user-service'), messaging('user-service', 'relay')] })
export class RelayModule {}

@Module({
  imports: [
    ...[database('training-service'), messaging('training-service')],
    IdMapModule.forService({ service: 'training-service', follows: [USER_ID_MAPS] }),
  ],
})
export class FollowerModule {}
