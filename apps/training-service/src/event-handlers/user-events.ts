import {
  keepNewest,
  OnEvent,
  OnSnapshot,
  USER,
  USER_CREATED,
  USER_DELETED,
  USER_UPDATED,
  type AggregateDeleted,
  type ReceivedEvent,
  type SnapshotItem,
  type UserState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownUser } from '../entities/known-user';
import { userDeleted } from '../policies/user-deleted';

type Item = Pick<SnapshotItem, 'aggregateId' | 'sequence'>;

/** Keeps `known_users` as the user-service tells it. */
@Injectable()
export class UserEvents {
  @OnEvent(USER_CREATED)
  created(event: ReceivedEvent<UserState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(USER_UPDATED)
  updated(event: ReceivedEvent<UserState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(USER_DELETED)
  deleted(event: ReceivedEvent<AggregateDeleted>, manager: EntityManager): Promise<void> {
    return forget(manager, event, new Date(event.data.deletedAt));
  }

  @OnSnapshot(USER)
  snapshot(item: SnapshotItem<UserState>, manager: EntityManager): Promise<void> {
    return item.data ? keep(manager, item, item.data) : forget(manager, item, new Date());
  }
}

function keep(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  { firstName, lastName }: UserState,
): Promise<void> {
  return keepNewest(manager, KnownUser, { id, sequence, firstName, lastName, deletedAt: null });
}

async function forget(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  deletedAt: Date,
): Promise<void> {
  await keepNewest(manager, KnownUser, { id, sequence, firstName: null, lastName: null, deletedAt });
  await userDeleted(manager, id);
}
