/**
 * The training-service: what players are to do off and on the ice, and what they have done of it.
 *
 * Owns the wiring alone. What is stored is in entities/, what clients may ask for in the feature folders; the
 * pipeline around them (validation, problem+json, logs, health) is the shared library's. Clubs, teams and users
 * are the user-service's: here they are ids that nothing looks up.
 */
import { DatabaseModule, HealthModule } from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { ExerciseTemplatesModule } from './exercise-templates/exercise-templates.module';
import { ExercisesModule } from './exercises/exercises.module';
import { PlayerWorkoutLoadsModule } from './player-workout-loads/player-workout-loads.module';
import { SessionTemplatesModule } from './session-templates/session-templates.module';
import { trainingDatabase } from './training-database';
import { WorkoutAssignmentsModule } from './workout-assignments/workout-assignments.module';
import { WorkoutExecutionsModule } from './workout-executions/workout-executions.module';
import { WorkoutSessionsModule } from './workout-sessions/workout-sessions.module';

@Module({
  imports: [
    DatabaseModule.forService(trainingDatabase),
    HealthModule,
    ExerciseTemplatesModule,
    SessionTemplatesModule,
    WorkoutSessionsModule,
    ExercisesModule,
    WorkoutAssignmentsModule,
    WorkoutExecutionsModule,
    PlayerWorkoutLoadsModule,
  ],
})
export class AppModule {}
