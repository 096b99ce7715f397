import type { BaseEntity } from '@hockey-hub/shared-lib';
import type { EntityManager, FindOptionsWhere } from 'typeorm';

/**
 * A row, locked until the transaction ends (FOR UPDATE). Whoever publishes the state of a row holds it from before it
 * reads: otherwise another change could come between reading and publishing, and the older state would be the last one told.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS
 *
 * @throws EntityNotFoundError
 */
export function holdRow<Row extends BaseEntity>(
  manager: EntityManager,
  entity: new () => Row,
  id: string,
): Promise<Row> {
  return manager.findOneOrFail(entity, {
    where: { id } as FindOptionsWhere<Row>,
    lock: { mode: 'pessimistic_write' },
  });
}
