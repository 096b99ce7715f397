import { Check, Column, Entity, JoinColumn, ManyToOne, Unique } from 'typeorm';
import { VersionedEntity } from '../../entities/versioned-entity';
import { BaseEntity } from '../../entities/base-entity';

/** A small schema with every kind of constraint, for tests of what the library makes of them. */
@Entity('clubs')
export class Club extends BaseEntity {
  @Column('text')
  name!: string;
}

@Entity('squads')
@Unique(['club', 'name'])
@Check('"size" > 0')
export class Squad extends VersionedEntity {
  @Column('text')
  name!: string;

  @Column('int', { default: 1 })
  size!: number;

  @ManyToOne(() => Club, { nullable: true })
  @JoinColumn()
  club?: Club | null;

  @Column('uuid', { nullable: true })
  clubId!: string | null;
}
