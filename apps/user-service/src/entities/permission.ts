import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Unique } from 'typeorm';
import { PERMISSION_NAME_FORMAT } from './text-formats';

/** One thing that may be done somewhere on the platform, named `<service>.<resource>.<action>`. */
@Entity('permissions')
@Unique(['name'])
@Check('ck_permissions_name', `name ~ '${PERMISSION_NAME_FORMAT}'`)
export class Permission extends BaseEntity {
  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 255 })
  description!: string;
}
