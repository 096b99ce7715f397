import { WholeList } from '@hockey-hub/shared-lib';
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
import { CreateExerciseDto } from './dto/create-exercise.dto';
import { ExerciseResource } from './dto/exercise.resource';
import { OrderExercisesDto } from './dto/order-exercises.dto';
import { UpdateExerciseDto } from './dto/update-exercise.dto';
import { ExercisesService } from './exercises.service';

@ApiTags('workout-sessions')
@Controller('workout-sessions/:sessionId/exercises')
export class ExercisesController {
  constructor(private readonly exercises: ExercisesService) {}

  @Post()
  @ApiOperation({ summary: 'Add an exercise to a session' })
  @ApiCreatedResponse({ type: ExerciseResource })
  create(
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Body() exercise: CreateExerciseDto,
  ): Promise<ExerciseResource> {
    return this.exercises.create(sessionId, exercise);
  }

  @Get()
  @ApiOperation({ summary: 'List the exercises of a session in their order' })
  @WholeList(ExerciseResource)
  list(@Param('sessionId', ParseUUIDPipe) sessionId: string): Promise<ExerciseResource[]> {
    return this.exercises.list(sessionId);
  }

  @Put('order')
  @ApiOperation({ summary: 'Put the exercises of a session in another order' })
  @ApiOkResponse({ type: [ExerciseResource] })
  order(
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Body() order: OrderExercisesDto,
  ): Promise<ExerciseResource[]> {
    return this.exercises.order(sessionId, order);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change how much of an exercise is to be done' })
  @ApiOkResponse({ type: ExerciseResource })
  update(
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() changes: UpdateExerciseDto,
  ): Promise<ExerciseResource> {
    return this.exercises.update(sessionId, id, changes);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Remove an exercise from a session; what follows moves up' })
  @ApiNoContentResponse()
  delete(
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.exercises.delete(sessionId, id);
  }
}
