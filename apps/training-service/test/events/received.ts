import type { ReceivedEvent } from '@hockey-hub/shared-lib';
import { v7 as uuidv7 } from 'uuid';

/** An event as a handler is given it. */
export function received<Data extends object>(
  aggregateId: string,
  sequence: number,
  data: Data,
): ReceivedEvent<Data> {
  const origin = { id: uuidv7(), service: 'user-service', type: 'user-service.some.event.v1' };
  return { ...origin, aggregateId, sequence, time: new Date(), data };
}

export const DELETED_AT = '2026-12-24T12:00:00.000Z';
export const deleted = (aggregateId: string, sequence = 9) =>
  received(aggregateId, sequence, { deletedAt: DELETED_AT });
