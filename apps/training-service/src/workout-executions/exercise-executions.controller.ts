import { Body, Controller, Delete, HttpCode, HttpStatus, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExerciseExecutionResource } from './dto/exercise-execution.resource';
import { RecordExerciseDto } from './dto/record-exercise.dto';
import { ExerciseExecutionsService } from './exercise-executions.service';

@ApiTags('workout-executions')
@Controller('workout-executions/:executionId/exercises')
export class ExerciseExecutionsController {
  constructor(private readonly exerciseExecutions: ExerciseExecutionsService) {}

  @Put(':exerciseId')
  @ApiOperation({ summary: 'Record what the player did of an exercise, instead of what was recorded before' })
  @ApiOkResponse({ type: ExerciseExecutionResource })
  record(
    @Param('executionId', ParseUUIDPipe) executionId: string,
    @Param('exerciseId', ParseUUIDPipe) exerciseId: string,
    @Body() exercise: RecordExerciseDto,
  ): Promise<ExerciseExecutionResource> {
    return this.exerciseExecutions.record(executionId, exerciseId, exercise);
  }

  @Delete(':exerciseId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Take back what was recorded of an exercise' })
  @ApiNoContentResponse()
  erase(
    @Param('executionId', ParseUUIDPipe) executionId: string,
    @Param('exerciseId', ParseUUIDPipe) exerciseId: string,
  ): Promise<void> {
    return this.exerciseExecutions.erase(executionId, exerciseId);
  }
}
