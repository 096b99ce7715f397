import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, OneToMany, Unique, type Relation } from 'typeorm';
import { RolePermission } from './role-permission';
import { ROLE_NAME_FORMAT } from './text-formats';

/** What a member is in a club or a team. The system roles come from the migration SeedSystemRoles. */
@Entity('roles')
@Unique(['name'])
@Check('ck_roles_name', `name ~ '${ROLE_NAME_FORMAT}'`)
export class Role extends BaseEntity {
  @Column({ type: 'varchar', length: 50 })
  name!: string;

  @Column({ type: 'varchar', length: 255 })
  description!: string;

  /** The platform's own code relies on system roles: they are changed by migrations alone. */
  @Column({ type: 'boolean', default: false })
  isSystem!: boolean;

  @OneToMany(() => RolePermission, (rolePermission) => rolePermission.role)
  rolePermissions!: Relation<RolePermission>[];
}
