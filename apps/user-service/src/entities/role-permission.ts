import { BaseEntity } from '@hockey-hub/shared-lib';
import { Column, Entity, Index, ManyToOne, Unique, type Relation } from 'typeorm';
import { Permission } from './permission';
import { Role } from './role';

/** A permission granted to a role. An entity, not a bare join table, so that each grant has its date. */
@Entity('role_permissions')
// Leads with role_id, so it is the index of that foreign key too.
@Unique(['roleId', 'permissionId'])
export class RolePermission extends BaseEntity {
  @Column({ type: 'uuid' })
  roleId!: string;

  // CASCADE on both sides: a grant means nothing without the role or without the permission.
  @ManyToOne(() => Role, (role) => role.rolePermissions, { nullable: false, onDelete: 'CASCADE' })
  role!: Relation<Role>;

  @Index()
  @Column({ type: 'uuid' })
  permissionId!: string;

  @ManyToOne(() => Permission, { nullable: false, onDelete: 'CASCADE' })
  permission!: Permission;
}
