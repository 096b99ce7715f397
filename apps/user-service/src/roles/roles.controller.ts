import { WholeList } from '@hockey-hub/shared-lib';
import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RoleResource } from './dto/role.resource';
import { RolesService } from './roles.service';

/** Read-only: the system roles are changed by migrations alone. */
@ApiTags('roles')
@Controller('roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @ApiOperation({ summary: 'List the roles with their permissions' })
  @WholeList(RoleResource)
  list(): Promise<RoleResource[]> {
    return this.roles.list();
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a role with its permissions' })
  @ApiOkResponse({ type: RoleResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<RoleResource> {
    return this.roles.get(id);
  }
}
