import { getMetadataArgsStorage } from 'typeorm';
import { messagingEntities } from '../outbox/tables/messaging-entities';

/** The tables of every service that sends and receives events, which keep rules of their own. */
export const MESSAGING_TABLES: readonly string[] = getMetadataArgsStorage()
  .filterTables(messagingEntities)
  .map(({ name }) => name!);
