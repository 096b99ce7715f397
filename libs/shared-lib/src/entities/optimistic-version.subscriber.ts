import {
  EventSubscriber,
  OptimisticLockVersionMismatchError,
  type EntitySubscriberInterface,
  type ObjectLiteral,
  type UpdateEvent,
} from 'typeorm';

/**
 * Makes TypeORM's version column a real optimistic lock for `repository.save()`.
 *
 * The row is locked before its version is compared, in the transaction that `save` opens, so that of two saves
 * of the same version one always fails. Updates that carry no version (`repository.update(id, {...})`, a query
 * builder) are not checked: they never claimed to have read the row.
 */
@EventSubscriber()
export class OptimisticVersionSubscriber implements EntitySubscriberInterface {
  async beforeUpdate({ entity, metadata, queryRunner }: UpdateEvent<ObjectLiteral>): Promise<void> {
    const column = metadata.versionColumn;
    const expected = entity && column?.getEntityValue(entity);
    const id = entity && metadata.getEntityIdMap(entity);
    if (!column || typeof expected !== 'number' || !id) return;

    const stored = await queryRunner.manager
      .createQueryBuilder(metadata.target, 'row')
      .select(`row.${column.propertyPath}`)
      .whereInIds(id)
      .withDeleted()
      .setLock('pessimistic_write')
      .getOne();
    const actual = stored && column.getEntityValue(stored);
    if (actual !== expected) {
      throw new OptimisticLockVersionMismatchError(metadata.name, expected, actual ?? 0);
    }
  }
}
