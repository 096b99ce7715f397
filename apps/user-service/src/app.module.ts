/**
 * The user-service: clubs, their teams, the people in them and what each may do.
 *
 * Owns the wiring alone. What is stored is in entities/, what clients may ask for in the feature folders; the
 * pipeline around them (validation, problem+json, logs, health) is the shared library's.
 */
import { DatabaseModule, HealthModule } from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { GuardianshipsModule } from './guardianships/guardianships.module';
import { OrganizationMembershipsModule } from './organization-memberships/organization-memberships.module';
import { OrganizationsModule } from './organizations/organizations.module';
import { RolesModule } from './roles/roles.module';
import { TeamMembershipsModule } from './team-memberships/team-memberships.module';
import { TeamsModule } from './teams/teams.module';
import { userDatabase } from './user-database';
import { UsersModule } from './users/users.module';

@Module({
  imports: [
    DatabaseModule.forService(userDatabase),
    HealthModule,
    OrganizationsModule,
    TeamsModule,
    UsersModule,
    RolesModule,
    OrganizationMembershipsModule,
    TeamMembershipsModule,
    GuardianshipsModule,
  ],
})
export class AppModule {}
