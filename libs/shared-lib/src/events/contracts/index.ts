/** Every event of the platform in its newest version: what an EventRegistry is made of. */
import type { EventContract } from '../event-contract';
import { TRAINING_SERVICE_EVENTS } from './training-service';
import { USER_SERVICE_EVENTS } from './user-service';

export const PLATFORM_EVENTS: readonly EventContract[] = [...USER_SERVICE_EVENTS, ...TRAINING_SERVICE_EVENTS];

export * from './aggregate-deleted';
export { defineIdMaps, MOST_PAIRS_OF_A_MESSAGE, PackedPairs, type IdMapContracts } from './id-map';
export * from './training-service';
export * from './user-service';
