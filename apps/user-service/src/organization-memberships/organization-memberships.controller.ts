import { PaginatedList } from '@hockey-hub/shared-lib';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Paginate, type Paginated, type PaginateQuery } from 'nestjs-paginate';
import { CreateOrganizationMembershipDto } from './dto/create-organization-membership.dto';
import { OrganizationMembershipResource } from './dto/organization-membership.resource';
import { UpdateOrganizationMembershipDto } from './dto/update-organization-membership.dto';
import { ORGANIZATION_MEMBERSHIP_LIST } from './organization-membership-list';
import { OrganizationMembershipsService } from './organization-memberships.service';

@ApiTags('organization-memberships')
@Controller('organization-memberships')
export class OrganizationMembershipsController {
  constructor(private readonly memberships: OrganizationMembershipsService) {}

  @Post()
  @ApiOperation({ summary: 'Make a user a member of a club' })
  @ApiCreatedResponse({ type: OrganizationMembershipResource })
  create(@Body() membership: CreateOrganizationMembershipDto): Promise<OrganizationMembershipResource> {
    return this.memberships.create(membership);
  }

  @Get()
  @ApiOperation({ summary: 'List who belongs to which club' })
  @PaginatedList(OrganizationMembershipResource, ORGANIZATION_MEMBERSHIP_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<OrganizationMembershipResource>> {
    return this.memberships.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a membership' })
  @ApiOkResponse({ type: OrganizationMembershipResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<OrganizationMembershipResource> {
    return this.memberships.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a membership, or end it (isActive false)' })
  @ApiOkResponse({ type: OrganizationMembershipResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateOrganizationMembershipDto,
  ): Promise<OrganizationMembershipResource> {
    return this.memberships.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a membership that was a mistake' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.memberships.delete(id);
  }
}
