import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExerciseExecution } from '../entities/exercise-execution';
import { WorkoutExecution } from '../entities/workout-execution';
import { ExerciseExecutionsController } from './exercise-executions.controller';
import { ExerciseExecutionsService } from './exercise-executions.service';
import { WorkoutExecutionsController } from './workout-executions.controller';
import { WorkoutExecutionsService } from './workout-executions.service';

@Module({
  imports: [TypeOrmModule.forFeature([WorkoutExecution, ExerciseExecution])],
  controllers: [WorkoutExecutionsController, ExerciseExecutionsController],
  providers: [WorkoutExecutionsService, ExerciseExecutionsService],
})
export class WorkoutExecutionsModule {}
