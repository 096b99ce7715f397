import { OutboxAggregate, USER } from '@hockey-hub/shared-lib';
import type { EntityManager } from 'typeorm';

/** Whether there was a user of this id once, as far as events told of one: the counter of events outlives the row. */
export function wasDeleted(manager: EntityManager, userId: string): Promise<boolean> {
  return manager.existsBy(OutboxAggregate, { aggregate: USER.aggregate, aggregateId: userId });
}
