/**
 * The user-service: clubs, their teams, the people in them and what each may do.
 *
 * Owns the wiring alone. What is stored is in entities/, what clients may ask for in the feature folders, what the other
 * services are told in publishing/ and snapshots/, and what is heard from them in event-handlers/; what it does with other
 * services as one is in sagas/, and what it may be asked to do for that in command-handlers/. The pipeline around them
 * (validation, problem+json, logs, health, events, commands) is the shared library's.
 */
import {
  CommandsModule,
  DatabaseModule,
  HealthModule,
  IdMapModule,
  MessagingModule,
  SagasModule,
  USER_ID_MAPS,
} from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { WorkoutSessionEvents } from './event-handlers/workout-session-events';
import { GuardianshipsModule } from './guardianships/guardianships.module';
import { OrganizationMembershipsModule } from './organization-memberships/organization-memberships.module';
import { OrganizationsModule } from './organizations/organizations.module';
import { PlayerTransfersModule } from './player-transfers/player-transfers.module';
import { RolesModule } from './roles/roles.module';
import { ERASE_USER } from './sagas/erase-user.saga';
import { TRANSFER_PLAYER } from './sagas/transfer-player.saga';
import { Snapshots } from './snapshots/snapshots';
import { TeamMembershipsModule } from './team-memberships/team-memberships.module';
import { TeamsModule } from './teams/teams.module';
import { userDatabase } from './user-database';
import { UserErasuresModule } from './user-erasures/user-erasures.module';
import { UsersModule } from './users/users.module';

@Module({
  imports: [
    DatabaseModule.forService(userDatabase),
    MessagingModule.forService({ service: userDatabase.service }),
    IdMapModule.forService({ service: userDatabase.service, owns: USER_ID_MAPS }),
    CommandsModule.forService(userDatabase.service),
    SagasModule.forService({ service: userDatabase.service, sagas: [TRANSFER_PLAYER, ERASE_USER] }),
    HealthModule,
    OrganizationsModule,
    TeamsModule,
    UsersModule,
    RolesModule,
    OrganizationMembershipsModule,
    TeamMembershipsModule,
    GuardianshipsModule,
    PlayerTransfersModule,
    UserErasuresModule,
  ],
  providers: [Snapshots, WorkoutSessionEvents],
})
export class AppModule {}
