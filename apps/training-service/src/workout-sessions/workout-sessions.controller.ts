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
  Put,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Paginate, type Paginated, type PaginateQuery } from 'nestjs-paginate';
import { ChangeWorkoutSessionStatusDto } from './dto/change-workout-session-status.dto';
import { CreateWorkoutSessionDto } from './dto/create-workout-session.dto';
import { WorkoutSessionResource } from './dto/workout-session.resource';
import { UpdateWorkoutSessionDto } from './dto/update-workout-session.dto';
import { WORKOUT_SESSION_LIST } from './workout-session-list';
import { WorkoutSessionsService } from './workout-sessions.service';

@ApiTags('workout-sessions')
@Controller('workout-sessions')
export class WorkoutSessionsController {
  constructor(private readonly sessions: WorkoutSessionsService) {}

  @Post()
  @ApiOperation({ summary: 'Plan a session, with its exercises if they are known' })
  @ApiCreatedResponse({ type: WorkoutSessionResource })
  create(@Body() session: CreateWorkoutSessionDto): Promise<WorkoutSessionResource> {
    return this.sessions.create(session);
  }

  @Get()
  @ApiOperation({ summary: 'List sessions' })
  @PaginatedList(WorkoutSessionResource, WORKOUT_SESSION_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<WorkoutSessionResource>> {
    return this.sessions.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show a session' })
  @ApiOkResponse({ type: WorkoutSessionResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<WorkoutSessionResource> {
    return this.sessions.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a session that is not over' })
  @ApiOkResponse({ type: WorkoutSessionResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateWorkoutSessionDto,
  ): Promise<WorkoutSessionResource> {
    return this.sessions.update(id, changes);
  }

  @Put(':id/status')
  @ApiOperation({
    summary:
      'Schedule, start, complete or cancel a session: draft, scheduled, active, completed; or cancelled',
  })
  @ApiOkResponse({ type: WorkoutSessionResource })
  changeStatus(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() change: ChangeWorkoutSessionStatusDto,
  ): Promise<WorkoutSessionResource> {
    return this.sessions.changeStatus(id, change);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove a draft' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.sessions.delete(id);
  }
}
