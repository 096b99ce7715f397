import { Column, DataSource, Entity, JoinColumn, ManyToOne } from 'typeorm';
import { DatabaseConfig } from '../config/database.config';
import { createDataSource } from '../database/data-source';
import { AuditedEntity } from './audited-entity';
import { BaseEntity } from './base-entity';
import { CrossServiceReference } from './cross-service-reference';
import { crossServiceReferences } from './cross-service-references';

const USERS = { service: 'user-service', table: 'users' };
const TEAMS = { service: 'user-service', table: 'teams' };

@Entity('player_loads')
class PlayerLoad extends BaseEntity {
  @CrossServiceReference(USERS)
  @Column('uuid')
  playerId!: string;

  @CrossServiceReference(TEAMS)
  @Column('uuid', { name: 'squad' })
  teamId!: string;

  @Column('uuid')
  unrelatedId!: string;
}

@Entity('notes')
class Note extends AuditedEntity {
  @Column('text')
  body!: string;
}

@Entity()
class PinnedNote extends Note {
  @CrossServiceReference(TEAMS)
  override createdBy!: string | null;
}

const dataSourceOf = (service: string, entities: (abstract new () => object)[]): DataSource =>
  createDataSource({
    service,
    entities: entities as never,
    config: Object.assign(new DatabaseConfig(), { url: 'postgres://127.0.0.1:1/db' }),
  });

it('lists every declared column by table, with what it refers to', () => {
  expect(crossServiceReferences([PlayerLoad])).toEqual([
    {
      entity: 'PlayerLoad',
      property: 'playerId',
      table: 'player_loads',
      column: 'player_id',
      targetService: 'user-service',
      targetTable: 'users',
      isLocal: false,
    },
    expect.objectContaining({ property: 'teamId', column: 'squad', targetTable: 'teams' }),
  ]);
});

it('finds what a base class declared, and lets a subclass say otherwise', () => {
  const targets = crossServiceReferences([Note, PinnedNote]).map(
    ({ table, column, targetTable }) => `${table}.${column} -> ${targetTable}`,
  );
  expect(targets).toEqual([
    'notes.created_by -> users',
    'notes.updated_by -> users',
    'pinned_note.created_by -> teams',
    'pinned_note.updated_by -> users',
  ]);
});

it('keeps the audit columns of the service that owns the users, and marks them local', () => {
  const isLocal = (service: string) =>
    crossServiceReferences(dataSourceOf(service, [Note])).map((reference) => reference.isLocal);
  expect(isLocal('user-service')).toEqual([true, true]);
  expect(isLocal('training-service')).toEqual([false, false]);
});

it('refuses a declaration without a column', () => {
  class Lost extends BaseEntity {
    @CrossServiceReference(USERS)
    playerId!: string;
  }
  expect(() => crossServiceReferences([Lost])).toThrow(
    '@CrossServiceReference on Lost.playerId: there is no @Column beside it.',
  );
});

it('refuses a declaration on a relation, which would be a foreign key', () => {
  @Entity('tied')
  class Tied extends BaseEntity {
    @CrossServiceReference(USERS)
    @ManyToOne(() => Note)
    @JoinColumn()
    note!: Note;
  }
  expect(() => crossServiceReferences([Tied])).toThrow(
    expect.objectContaining({ code: 'CROSS_SERVICE_REFERENCE_INVALID', entity: 'Tied', property: 'note' }),
  );
});
