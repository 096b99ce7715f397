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
import { ChangeWorkoutExecutionStatusDto } from './dto/change-workout-execution-status.dto';
import { CreateWorkoutExecutionDto } from './dto/create-workout-execution.dto';
import { WorkoutExecutionResource } from './dto/workout-execution.resource';
import { UpdateWorkoutExecutionDto } from './dto/update-workout-execution.dto';
import { WORKOUT_EXECUTION_LIST } from './workout-execution-list';
import { WorkoutExecutionsService } from './workout-executions.service';

@ApiTags('workout-executions')
@Controller('workout-executions')
export class WorkoutExecutionsController {
  constructor(private readonly executions: WorkoutExecutionsService) {}

  @Post()
  @ApiOperation({ summary: 'Prepare a player’s execution of a session' })
  @ApiCreatedResponse({ type: WorkoutExecutionResource })
  create(@Body() execution: CreateWorkoutExecutionDto): Promise<WorkoutExecutionResource> {
    return this.executions.create(execution);
  }

  @Get()
  @ApiOperation({ summary: 'List executions' })
  @PaginatedList(WorkoutExecutionResource, WORKOUT_EXECUTION_LIST)
  list(@Paginate() query: PaginateQuery): Promise<Paginated<WorkoutExecutionResource>> {
    return this.executions.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Show an execution' })
  @ApiOkResponse({ type: WorkoutExecutionResource })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<WorkoutExecutionResource> {
    return this.executions.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Record the heart rate of an execution' })
  @ApiOkResponse({ type: WorkoutExecutionResource })
  update(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateWorkoutExecutionDto,
  ): Promise<WorkoutExecutionResource> {
    return this.executions.update(id, changes);
  }

  @Put(':id/status')
  @ApiOperation({ summary: 'Start, complete or cancel an execution' })
  @ApiOkResponse({ type: WorkoutExecutionResource })
  changeStatus(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() change: ChangeWorkoutExecutionStatusDto,
  ): Promise<WorkoutExecutionResource> {
    return this.executions.changeStatus(id, change);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove an execution that has not been carried out' })
  @ApiNoContentResponse()
  delete(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.executions.delete(id);
  }
}
