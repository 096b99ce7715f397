import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityNotFoundError, Repository } from 'typeorm';
import { Exercise } from '../entities/exercise';
import { ExerciseExecution } from '../entities/exercise-execution';
import { ExerciseExecutionResource } from './dto/exercise-execution.resource';
import type { RecordExerciseDto } from './dto/record-exercise.dto';
import { holdStartedExecution } from './hold-execution';

/** What a player did of each exercise; corrections are possible after the workout. */
@Injectable()
export class ExerciseExecutionsService {
  constructor(
    @InjectRepository(ExerciseExecution) private readonly exerciseExecutions: Repository<ExerciseExecution>,
  ) {}

  /**
   * Replaces what was recorded before, so it can be repeated safely.
   *
   * @throws EntityNotFoundError when there is no such execution, or its session has no such exercise;
   *   ExecutionStateError when the player has not begun.
   */
  async record(
    workoutExecutionId: string,
    exerciseId: string,
    { results, rpe = null }: RecordExerciseDto,
  ): Promise<ExerciseExecutionResource> {
    return this.exerciseExecutions.manager.transaction(async (manager) => {
      const { workoutSessionId } = await holdStartedExecution(manager, workoutExecutionId);
      await manager.findOneByOrFail(Exercise, { id: exerciseId, workoutSessionId });
      const recorded =
        (await manager.findOneBy(ExerciseExecution, { workoutExecutionId, exerciseId })) ??
        manager.create(ExerciseExecution, { workoutExecutionId, exerciseId });
      return new ExerciseExecutionResource(await manager.save(Object.assign(recorded, { results, rpe })));
    });
  }

  /** @throws EntityNotFoundError when nothing was recorded; ExecutionStateError as `record`. */
  async erase(workoutExecutionId: string, exerciseId: string): Promise<void> {
    await this.exerciseExecutions.manager.transaction(async (manager) => {
      await holdStartedExecution(manager, workoutExecutionId);
      const { affected } = await manager.delete(ExerciseExecution, { workoutExecutionId, exerciseId });
      if (!affected) throw new EntityNotFoundError(ExerciseExecution, { workoutExecutionId, exerciseId });
    });
  }
}
