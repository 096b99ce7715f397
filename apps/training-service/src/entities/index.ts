/**
 * What the training-service stores. Owns the shape of every table of its database, from which the migrations
 * are generated; no other service imports it. Does not own how rows are changed: that is each feature's service.
 *
 * A foreign key says NO ACTION where removing the other row must be refused. It refuses as RESTRICT does, but with
 * one SQLSTATE (23503) on every supported Postgres; that of RESTRICT is 23001 since Postgres 18.
 *
 * `known_*` is what this service knows of the user-service's rows, kept up by events. No foreign key points there: requests
 * are checked by `known/hold-references.ts`, and `policies/` says what becomes of the rows of somebody who is gone.
 */
import { DevelopmentGoal } from './development-goal';
import { DevelopmentPlan } from './development-plan';
import { Exercise } from './exercise';
import { ExerciseExecution } from './exercise-execution';
import { ExerciseTemplate } from './exercise-template';
import { KnownOrganization } from './known-organization';
import { KnownTeam } from './known-team';
import { KnownTeamMembership } from './known-team-membership';
import { KnownUser } from './known-user';
import { PlayerEvaluation } from './player-evaluation';
import { PlayerWorkoutLoad } from './player-workout-load';
import { SessionTemplate } from './session-template';
import { WorkoutAssignment } from './workout-assignment';
import { WorkoutExecution } from './workout-execution';
import { WorkoutSession } from './workout-session';

export const entities = [
  ExerciseTemplate,
  SessionTemplate,
  WorkoutSession,
  Exercise,
  WorkoutAssignment,
  WorkoutExecution,
  ExerciseExecution,
  PlayerWorkoutLoad,
  PlayerEvaluation,
  DevelopmentPlan,
  DevelopmentGoal,
  KnownOrganization,
  KnownTeam,
  KnownUser,
  KnownTeamMembership,
];
