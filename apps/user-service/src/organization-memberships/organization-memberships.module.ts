import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationMembership } from '../entities/organization-membership';
import { OrganizationMembershipsController } from './organization-memberships.controller';
import { OrganizationMembershipsService } from './organization-memberships.service';

@Module({
  imports: [TypeOrmModule.forFeature([OrganizationMembership])],
  controllers: [OrganizationMembershipsController],
  providers: [OrganizationMembershipsService],
})
export class OrganizationMembershipsModule {}
