import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TeamMembership } from '../entities/team-membership';
import { TeamMembershipsController } from './team-memberships.controller';
import { TeamMembershipsService } from './team-memberships.service';

@Module({
  imports: [TypeOrmModule.forFeature([TeamMembership])],
  controllers: [TeamMembershipsController],
  providers: [TeamMembershipsService],
})
export class TeamMembershipsModule {}
