/**
 * The user-service: clubs, their teams, the people in them and what each may do.
 *
 * Owns the wiring alone. What is stored is in entities/, what clients may ask for in the feature folders, what the other
 * services are told in publishing/ and snapshots/, and what is heard from them in event-handlers/; the pipeline around
 * them (validation, problem+json, logs, health, events) is the shared library's.
 */
import { DatabaseModule, HealthModule, MessagingModule } from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { WorkoutSessionEvents } from './event-handlers/workout-session-events';
import { GuardianshipsModule } from './guardianships/guardianships.module';
import { OrganizationMembershipsModule } from './organization-memberships/organization-memberships.module';
import { OrganizationsModule } from './organizations/organizations.module';
import { RolesModule } from './roles/roles.module';
import { Snapshots } from './snapshots/snapshots';
import { TeamMembershipsModule } from './team-memberships/team-memberships.module';
import { TeamsModule } from './teams/teams.module';
import { userDatabase } from './user-database';
import { UsersModule } from './users/users.module';

@Module({
  imports: [
    DatabaseModule.forService(userDatabase),
    MessagingModule.forService({ service: userDatabase.service }),
    HealthModule,
    OrganizationsModule,
    TeamsModule,
    UsersModule,
    RolesModule,
    OrganizationMembershipsModule,
    TeamMembershipsModule,
    GuardianshipsModule,
  ],
  providers: [Snapshots, WorkoutSessionEvents],
})
export class AppModule {}
