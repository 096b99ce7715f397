import { Resource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '../../entities/role';

/** A role and what it may do. */
export class RoleResource extends Resource {
  @ApiProperty({ type: String, example: 'club_admin' })
  name: string;

  @ApiProperty({ type: String })
  description: string;

  @ApiProperty({ type: Boolean, description: 'System roles are changed by migrations alone' })
  isSystem: boolean;

  @ApiProperty({ type: [String], example: ['training.session.read'], description: 'In alphabetical order' })
  permissions: string[];

  /** @param role with its permissions loaded */
  constructor(role: Role) {
    super(role);
    this.name = role.name;
    this.description = role.description;
    this.isSystem = role.isSystem;
    this.permissions = role.rolePermissions.map(({ permission }) => permission.name).sort();
  }
}
