import { BaseEntity, CrossServiceReference, type ServiceErasure } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index } from 'typeorm';

/**
 * That a person asked to be erased, and what was done about it. Its id is that of the saga. Once it is done nothing in it says
 * who it was: whoever asked keeps the id.
 */
@Entity('user_erasures')
@Check('ck_user_erasures_receipt', '(completed_at IS NULL) = (receipt IS NULL)')
@Check('ck_user_erasures_anonymous', 'completed_at IS NULL OR user_id IS NULL')
export class UserErasure extends BaseEntity {
  // No foreign key: what other services know of somebody who was deleted long ago can be erased too.
  @Index()
  @CrossServiceReference({ service: 'user-service', table: 'users' })
  @Column({ type: 'uuid', nullable: true })
  userId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  completedAt!: Date | null;

  /** What each service did; null until it is done. */
  @Column({ type: 'jsonb', nullable: true })
  receipt!: ServiceErasure[] | null;
}
