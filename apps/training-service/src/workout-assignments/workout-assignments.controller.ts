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
import { ChangeWorkoutAssignmentStatusDto } from './dto/change-workout-assignment-status.dto';
import { CreateWorkoutAssignmentDto } from './dto/create-workout-assignment.dto';
import { WorkoutAssignmentResource } from './dto/workout-assignment.resource';
import { UpdateWorkoutAssignmentDto } from './dto/update-workout-assignment.dto';
import { WORKOUT_ASSIGNMENT_LIST } from './workout-assignment-list';
import { WorkoutAssignmentsService } from './workout-assignments.service';

@ApiTags('workout-assignments')
@Controller('workout-assignments')
export class WorkoutAssignmentsController {
  constructor(private readonly assignments: WorkoutAssignmentsService) {}

  @Post()
  @ApiOperation({ summary: 'Assign a session to a player or to a team' })
  @ApiCreatedResponse({ type: WorkoutAssignmentResource })
  create(@Body() assignment: CreateWorkoutAssignmentDto): Promise<WorkoutAssignmentResource> {
    return this.assignments.create(assignment);
  }

  @Get()
  @ApiOperation({ summary: 'List assignments' })
  @PaginatedList(WorkoutAssignmentResource, WORKOUT_ASSIGNMENT_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<WorkoutAssignmentResource>> {
    return this.assignments.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show an assignment' })
  @ApiOkResponse({ type: WorkoutAssignmentResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<WorkoutAssignmentResource> {
    return this.assignments.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change when an assignment is due' })
  @ApiOkResponse({ type: WorkoutAssignmentResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateWorkoutAssignmentDto,
  ): Promise<WorkoutAssignmentResource> {
    return this.assignments.update(id, changes);
  }

  @Put(':id/status')
  @ApiOperation({ summary: 'Say that an assignment was completed, missed or cancelled' })
  @ApiOkResponse({ type: WorkoutAssignmentResource })
  changeStatus(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() change: ChangeWorkoutAssignmentStatusDto,
  ): Promise<WorkoutAssignmentResource> {
    return this.assignments.changeStatus(id, change);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Take an assignment back' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.assignments.delete(id);
  }
}
