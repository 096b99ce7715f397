import {
  keepNewest,
  OnEvent,
  OnSnapshot,
  ORGANIZATION,
  ORGANIZATION_CREATED,
  ORGANIZATION_DELETED,
  ORGANIZATION_UPDATED,
  type AggregateDeleted,
  type OrganizationState,
  type ReceivedEvent,
  type SnapshotItem,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownOrganization } from '../entities/known-organization';
import { organizationDeleted } from '../policies/organization-deleted';

type Item = Pick<SnapshotItem, 'aggregateId' | 'sequence'>;

/** Keeps `known_organizations` as the user-service tells it. */
@Injectable()
export class OrganizationEvents {
  @OnEvent(ORGANIZATION_CREATED)
  created(event: ReceivedEvent<OrganizationState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(ORGANIZATION_UPDATED)
  updated(event: ReceivedEvent<OrganizationState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(ORGANIZATION_DELETED)
  deleted(event: ReceivedEvent<AggregateDeleted>, manager: EntityManager): Promise<void> {
    return forget(manager, event, new Date(event.data.deletedAt));
  }

  @OnSnapshot(ORGANIZATION)
  snapshot(item: SnapshotItem<OrganizationState>, manager: EntityManager): Promise<void> {
    return item.data ? keep(manager, item, item.data) : forget(manager, item, new Date());
  }
}

function keep(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  { name }: OrganizationState,
): Promise<void> {
  return keepNewest(manager, KnownOrganization, { id, sequence, name, deletedAt: null });
}

async function forget(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  deletedAt: Date,
): Promise<void> {
  await keepNewest(manager, KnownOrganization, { id, sequence, deletedAt });
  await organizationDeleted(manager, id);
}
