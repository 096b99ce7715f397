import { VersionColumn } from 'typeorm';
import { BaseEntity } from './base-entity';

/**
 * A row that several people edit at once. `version` starts at 1 and grows with every `repository.save()`.
 *
 * TypeORM only counts; OptimisticVersionSubscriber, which `dataSourceOptions` installs, is what refuses a save
 * that was read at another version, with TypeORM's `OptimisticLockVersionMismatchError` (HTTP: 409).
 */
export abstract class VersionedEntity extends BaseEntity {
  @VersionColumn({ default: 1 })
  version!: number;
}
