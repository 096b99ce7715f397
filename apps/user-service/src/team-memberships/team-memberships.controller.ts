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
import { CreateTeamMembershipDto } from './dto/create-team-membership.dto';
import { TeamMembershipResource } from './dto/team-membership.resource';
import { UpdateTeamMembershipDto } from './dto/update-team-membership.dto';
import { TEAM_MEMBERSHIP_LIST } from './team-membership-list';
import { TeamMembershipsService } from './team-memberships.service';

@ApiTags('team-memberships')
@Controller('team-memberships')
export class TeamMembershipsController {
  constructor(private readonly memberships: TeamMembershipsService) {}

  @Post()
  @ApiOperation({ summary: 'Add a user to a team' })
  @ApiCreatedResponse({ type: TeamMembershipResource })
  create(@Body() membership: CreateTeamMembershipDto): Promise<TeamMembershipResource> {
    return this.memberships.create(membership);
  }

  @Get()
  @ApiOperation({ summary: 'List who is or was in which team' })
  @PaginatedList(TeamMembershipResource, TEAM_MEMBERSHIP_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<TeamMembershipResource>> {
    return this.memberships.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a membership' })
  @ApiOkResponse({ type: TeamMembershipResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<TeamMembershipResource> {
    return this.memberships.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a membership, or end it (leftAt)' })
  @ApiOkResponse({ type: TeamMembershipResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateTeamMembershipDto,
  ): Promise<TeamMembershipResource> {
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
