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
import { CreateTeamDto } from './dto/create-team.dto';
import { TeamResource } from './dto/team.resource';
import { UpdateTeamDto } from './dto/update-team.dto';
import { TEAM_LIST } from './team-list';
import { TeamsService } from './teams.service';

@ApiTags('teams')
@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Post()
  @ApiOperation({ summary: 'Create a team' })
  @ApiCreatedResponse({ type: TeamResource })
  create(@Body() team: CreateTeamDto): Promise<TeamResource> {
    return this.teams.create(team);
  }

  @Get()
  @ApiOperation({ summary: 'List the teams' })
  @PaginatedList(TeamResource, TEAM_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<TeamResource>> {
    return this.teams.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a team' })
  @ApiOkResponse({ type: TeamResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<TeamResource> {
    return this.teams.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a team' })
  @ApiOkResponse({ type: TeamResource })
  update(@Param('id', ParseUUIDPipe) id: string, @Body() changes: UpdateTeamDto): Promise<TeamResource> {
    return this.teams.update(id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a team that never had members' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.teams.delete(id);
  }
}
