import { BaseEntity } from '@hockey-hub/shared-lib';
import { Column, Entity } from 'typeorm';

/** In the scorer's database: the row that an event tells of. */
@Entity('plays')
export class PlayRow extends BaseEntity {
  @Column('uuid')
  gameId!: string;

  @Column('int')
  period!: number;

  @Column('int')
  second!: number;

  @Column('text')
  note!: string;
}

/** In the scoreboard's database: the effect. Nothing keeps a play from being there twice, so that it would be seen. */
@Entity('shown_plays')
export class ShownPlay extends BaseEntity {
  @Column('uuid')
  playId!: string;

  @Column('uuid')
  gameId!: string;

  @Column('int')
  period!: number;

  @Column('int')
  second!: number;

  @Column('text')
  note!: string;
}
