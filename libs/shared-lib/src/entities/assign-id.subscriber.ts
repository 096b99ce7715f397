import { EventSubscriber, type EntitySubscriberInterface, type InsertEvent } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { BaseEntity } from './base-entity';

/**
 * Gives a UUID v7 to rows that reach TypeORM as plain objects (`repository.insert({...})`, `save({...})`, a query
 * builder's `values`), which no entity constructor has seen.
 */
@EventSubscriber()
export class AssignIdSubscriber implements EntitySubscriberInterface<BaseEntity> {
  listenTo(): typeof BaseEntity {
    return BaseEntity;
  }

  beforeInsert(event: InsertEvent<BaseEntity>): void {
    // TypeORM passes undefined for the rows of join tables.
    if (event.entity) event.entity.id ??= uuidv7();
  }
}
