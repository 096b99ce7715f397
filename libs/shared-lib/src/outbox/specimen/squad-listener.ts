import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OnEvent, OnSnapshot, type ReceivedEvent, type SnapshotItem } from '../inbox/on-event';
import { SQUAD, SQUAD_CHANGED, SQUAD_DELETED, type SquadGone, type SquadState } from './contracts';

/** Keeps what it hears, and a list of everything in the order in which it heard it. A squad called `poison` it cannot bear. */
@Injectable()
export class SquadListener {
  @OnEvent(SQUAD_CHANGED)
  async onChanged(
    { aggregateId, sequence, data }: ReceivedEvent<SquadState>,
    manager: EntityManager,
  ): Promise<void> {
    await this.keep(manager, aggregateId, sequence, data);
    if (data.name === 'poison') throw new Error('cannot bear it');
    await manager.query(`INSERT INTO heard (id, sequence, name) VALUES ($1, $2, $3)`, [
      aggregateId,
      sequence,
      data.name,
    ]);
  }

  @OnEvent(SQUAD_DELETED)
  async onDeleted(
    { aggregateId, sequence }: ReceivedEvent<SquadGone>,
    manager: EntityManager,
  ): Promise<void> {
    await manager.query(`DELETE FROM squads WHERE id = $1`, [aggregateId]);
    await manager.query(`INSERT INTO heard (id, sequence, name) VALUES ($1, $2, 'deleted')`, [
      aggregateId,
      sequence,
    ]);
  }

  @OnSnapshot(SQUAD)
  async onSnapshot(
    { aggregateId, sequence, data }: SnapshotItem<SquadState>,
    manager: EntityManager,
  ): Promise<void> {
    if (data) await this.keep(manager, aggregateId, sequence, data);
    else await manager.query(`DELETE FROM squads WHERE id = $1`, [aggregateId]);
    await manager.query(`INSERT INTO heard (id, sequence, name) VALUES ($1, $2, 'snapshot')`, [
      aggregateId,
      sequence,
    ]);
  }

  private async keep(
    manager: EntityManager,
    id: string,
    sequence: number,
    { name, size }: SquadState,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO squads (id, name, size, sequence) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, size = excluded.size, sequence = excluded.sequence`,
      [id, name, size, sequence],
    );
  }
}
