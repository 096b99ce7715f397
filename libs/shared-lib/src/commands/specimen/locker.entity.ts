import { Check, Column, Entity } from 'typeorm';
import { BaseEntity } from '../../entities/base-entity';

/** Where a club keeps pucks. */
@Entity('lockers')
@Check('ck_lockers_pucks', '"pucks" >= 0')
export class Locker extends BaseEntity {
  @Column({ type: 'varchar', length: 50, unique: true })
  name!: string;

  @Column({ type: 'integer' })
  pucks!: number;
}
