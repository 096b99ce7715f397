import {
  keepNewest,
  OnEvent,
  OnSnapshot,
  Outbox,
  TEAM,
  TEAM_CREATED,
  TEAM_DELETED,
  TEAM_UPDATED,
  type AggregateDeleted,
  type ReceivedEvent,
  type SnapshotItem,
  type TeamState,
} from '@hockey-hub/shared-lib';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KnownTeam } from '../entities/known-team';
import { teamDeleted } from '../policies/team-deleted';

type Item = Pick<SnapshotItem, 'aggregateId' | 'sequence'>;

/** Keeps `known_teams` as the user-service tells it. */
@Injectable()
export class TeamEvents {
  constructor(private readonly outbox: Outbox) {}

  @OnEvent(TEAM_CREATED)
  created(event: ReceivedEvent<TeamState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(TEAM_UPDATED)
  updated(event: ReceivedEvent<TeamState>, manager: EntityManager): Promise<void> {
    return keep(manager, event, event.data);
  }

  @OnEvent(TEAM_DELETED)
  deleted(event: ReceivedEvent<AggregateDeleted>, manager: EntityManager): Promise<void> {
    return this.forget(manager, event, new Date(event.data.deletedAt));
  }

  @OnSnapshot(TEAM)
  snapshot(item: SnapshotItem<TeamState>, manager: EntityManager): Promise<void> {
    return item.data ? keep(manager, item, item.data) : this.forget(manager, item, new Date());
  }

  private async forget(
    manager: EntityManager,
    { aggregateId: id, sequence }: Item,
    deletedAt: Date,
  ): Promise<void> {
    await keepNewest(manager, KnownTeam, { id, sequence, deletedAt });
    await teamDeleted(manager, this.outbox, id);
  }
}

function keep(
  manager: EntityManager,
  { aggregateId: id, sequence }: Item,
  { organizationId, name, season }: TeamState,
): Promise<void> {
  return keepNewest(manager, KnownTeam, { id, sequence, organizationId, name, season, deletedAt: null });
}
