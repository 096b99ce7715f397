import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { ServiceDatabase } from '../../database/data-source';
import { DatabaseModule } from '../../database/database.module';
import { HealthModule } from '../../health/health.module';
import { Club, Squad } from './entities';
import { AddMotto1764000001000, CreateSquads1764000000000 } from './migrations';
import { SquadListController } from './squad-list.controller';
import { SquadsController } from './squads.controller';

export const specimenDatabase = {
  service: 'specimen-service',
  entities: [Club, Squad],
  migrations: [CreateSquads1764000000000, AddMotto1764000001000],
} satisfies ServiceDatabase;

/** The smallest service that uses all of the library. */
@Module({
  imports: [
    DatabaseModule.forService(specimenDatabase),
    TypeOrmModule.forFeature([Club, Squad]),
    HealthModule,
  ],
  controllers: [SquadsController, SquadListController],
})
export class SpecimenModule {}
