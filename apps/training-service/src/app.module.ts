/**
 * The training-service: what players are to do off and on the ice, and what they have done of it.
 *
 * Owns the wiring alone. What is stored is in entities/, what clients may ask for in the feature folders; the
 * pipeline around them (validation, problem+json, logs, health, events) is the shared library's. Clubs, teams and users
 * are the user-service's: event-handlers/ keep what is known of them, known/ checks requests against it, and policies/
 * say what becomes of the rows of somebody who is gone. command-handlers/ do what sagas of other services ask for.
 */
import {
  CommandsModule,
  DatabaseModule,
  HealthModule,
  IdMapModule,
  MessagingModule,
  USER_ID_MAPS,
} from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AssignmentCommands } from './command-handlers/assignment-commands';
import { PlayerCommands } from './command-handlers/player-commands';
import { OrganizationEvents } from './event-handlers/organization-events';
import { TeamEvents } from './event-handlers/team-events';
import { TeamMembershipEvents } from './event-handlers/team-membership-events';
import { UserEvents } from './event-handlers/user-events';
import { ExerciseTemplatesModule } from './exercise-templates/exercise-templates.module';
import { ExercisesModule } from './exercises/exercises.module';
import { RetryAfterInterceptor } from './known/retry-after.interceptor';
import { PlayerWorkoutLoadsModule } from './player-workout-loads/player-workout-loads.module';
import { SessionTemplatesModule } from './session-templates/session-templates.module';
import { Snapshots } from './snapshots/snapshots';
import { trainingDatabase } from './training-database';
import { WorkoutAssignmentsModule } from './workout-assignments/workout-assignments.module';
import { WorkoutExecutionsModule } from './workout-executions/workout-executions.module';
import { WorkoutSessionsModule } from './workout-sessions/workout-sessions.module';

@Module({
  imports: [
    DatabaseModule.forService(trainingDatabase),
    MessagingModule.forService({ service: trainingDatabase.service }),
    IdMapModule.forService({ service: trainingDatabase.service, follows: [USER_ID_MAPS] }),
    CommandsModule.forService(trainingDatabase.service),
    HealthModule,
    ExerciseTemplatesModule,
    SessionTemplatesModule,
    WorkoutSessionsModule,
    ExercisesModule,
    WorkoutAssignmentsModule,
    WorkoutExecutionsModule,
    PlayerWorkoutLoadsModule,
  ],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: RetryAfterInterceptor },
    ...[OrganizationEvents, TeamEvents, UserEvents, TeamMembershipEvents, Snapshots],
    ...[AssignmentCommands, PlayerCommands],
  ],
})
export class AppModule {}
