import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { Exercise, EXERCISE_COUNT } from '../entities/exercise';
import { WorkoutSession } from '../entities/workout-session';
import { holdOpenSession } from '../workout-sessions/hold-session';
import type { CreateExerciseDto } from './dto/create-exercise.dto';
import { ExerciseResource } from './dto/exercise.resource';
import type { OrderExercisesDto } from './dto/order-exercises.dto';
import type { UpdateExerciseDto } from './dto/update-exercise.dto';
import { ExerciseOrderError } from './exercise-order-error';
import { closePosition, openPosition, orderExercises } from './exercise-positions';
import { prescribe } from './prescribe';

/** The exercises of one session. Every change throws SessionStateError (409) when the session is over. */
@Injectable()
export class ExercisesService {
  constructor(@InjectRepository(Exercise) private readonly exercises: Repository<Exercise>) {}

  /** In their order. @throws EntityNotFoundError when there is no such session. */
  async list(sessionId: string): Promise<ExerciseResource[]> {
    const { manager } = this.exercises;
    await manager.findOneByOrFail(WorkoutSession, { id: sessionId });
    return showAll(manager, sessionId);
  }

  /** @throws EntityNotFoundError; ExerciseOrderError when the session is full or the position leaves a gap. */
  async create(sessionId: string, { position, ...exercise }: CreateExerciseDto): Promise<ExerciseResource> {
    return this.exercises.manager.transaction(async (manager) => {
      await holdOpenSession(manager, sessionId);
      const count = await manager.countBy(Exercise, { workoutSessionId: sessionId });
      if (count >= EXERCISE_COUNT) throw new ExerciseOrderError('TOO_MANY_EXERCISES');
      const place = position ?? count + 1;
      if (place > count + 1) throw new ExerciseOrderError('POSITION_OUT_OF_RANGE');
      await openPosition(manager, sessionId, place);
      const created = manager.create(Exercise, {
        ...prescribe(exercise),
        workoutSessionId: sessionId,
        position: place,
      });
      return new ExerciseResource(await manager.save(created));
    });
  }

  /** @throws EntityNotFoundError */
  async update(sessionId: string, id: string, changes: UpdateExerciseDto): Promise<ExerciseResource> {
    return this.exercises.manager.transaction(async (manager) => {
      await holdOpenSession(manager, sessionId);
      const exercise = await manager.findOneByOrFail(Exercise, { id, workoutSessionId: sessionId });
      return new ExerciseResource(await manager.save(Object.assign(exercise, changes)));
    });
  }

  /** @throws EntityNotFoundError; ExerciseOrderError when the list is not that of the session's exercises. */
  async order(sessionId: string, { exerciseIds }: OrderExercisesDto): Promise<ExerciseResource[]> {
    return this.exercises.manager.transaction(async (manager) => {
      await holdOpenSession(manager, sessionId);
      const present = new Set((await showAll(manager, sessionId)).map(({ id }) => id));
      if (exerciseIds.length !== present.size || !exerciseIds.every((id) => present.has(id))) {
        throw new ExerciseOrderError('EXERCISES_CHANGED');
      }
      await orderExercises(manager, sessionId, exerciseIds);
      return showAll(manager, sessionId);
    });
  }

  /** Refused by the database when somebody has done the exercise. @throws EntityNotFoundError */
  async delete(sessionId: string, id: string): Promise<void> {
    await this.exercises.manager.transaction(async (manager) => {
      await holdOpenSession(manager, sessionId);
      const { position } = await manager.findOneByOrFail(Exercise, { id, workoutSessionId: sessionId });
      await manager.delete(Exercise, { id });
      await closePosition(manager, sessionId, position);
    });
  }
}

async function showAll(manager: EntityManager, workoutSessionId: string): Promise<ExerciseResource[]> {
  const exercises = await manager.find(Exercise, { where: { workoutSessionId }, order: { position: 'ASC' } });
  return exercises.map((exercise) => new ExerciseResource(exercise));
}
