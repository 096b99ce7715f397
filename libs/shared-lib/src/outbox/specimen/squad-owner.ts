import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Outbox } from '../outbox';
import { SnapshotOf, type SnapshotQuery, type SnapshotRow } from '../snapshot-of';
import { SQUAD, SQUAD_CHANGED, SQUAD_DELETED, type SquadState } from './contracts';

/** Writes squads, each with its event in one transaction, and says what they are when it is asked. */
@Injectable()
export class SquadOwner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  save(id: string, state: SquadState): Promise<void> {
    return this.dataSource.transaction((manager) => this.saveIn(manager, id, state));
  }

  async saveIn(manager: EntityManager, id: string, state: SquadState): Promise<void> {
    await manager.query(
      `INSERT INTO squads (id, name, size) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET name = $2, size = $3`,
      [id, state.name, state.size],
    );
    await this.outbox.publish(manager, SQUAD_CHANGED, id, state);
  }

  delete(id: string): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`DELETE FROM squads WHERE id = $1`, [id]);
      await this.outbox.publish(manager, SQUAD_DELETED, id, { reason: 'season over' });
    });
  }

  @SnapshotOf(SQUAD)
  async read(
    manager: EntityManager,
    { after, ids, limit }: SnapshotQuery,
  ): Promise<SnapshotRow<SquadState>[]> {
    const rows = await manager.query<{ id: string; name: string; size: number }[]>(
      `SELECT id, name, size FROM squads
        WHERE ($1::text IS NULL OR id > $1 COLLATE "C") AND ($2::text[] IS NULL OR id = ANY ($2)) ORDER BY id COLLATE "C" LIMIT $3`,
      [after ?? null, ids ?? null, limit],
    );
    return rows.map(({ id, name, size }) => ({ aggregateId: id, data: { name, size } }));
  }
}
