import { Column } from 'typeorm';
import { BaseEntity } from './base-entity';
import { CrossServiceReference } from './cross-service-reference';

/**
 * A row that remembers which users wrote it; null when no user did (a job, a seed, a migration).
 *
 * No foreign key, not even in user-service, which owns `users`: who wrote a row stays true after that user is
 * gone, and an audit column must never be the reason that a user cannot be deleted. `crossServiceReferences`
 * marks the columns `isLocal` there, so that a tool that changes user ids still finds them.
 */
export abstract class AuditedEntity extends BaseEntity {
  @CrossServiceReference({ service: 'user-service', table: 'users' })
  @Column({ type: 'uuid', nullable: true })
  createdBy!: string | null;

  @CrossServiceReference({ service: 'user-service', table: 'users' })
  @Column({ type: 'uuid', nullable: true })
  updatedBy!: string | null;
}
