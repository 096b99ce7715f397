import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '../../database/database.module';
import { HealthModule } from '../../health/health.module';
import { MetricsModule } from '../../observability/metrics.module';
import { Club, Squad } from './entities';
import { specimenDatabase } from './specimen-database';
import { SquadListController } from './squad-list.controller';
import { SquadPagesController } from './squad-pages.controller';
import { SquadsController } from './squads.controller';

/** The smallest service that uses all of the library. */
@Module({
  imports: [
    DatabaseModule.forService(specimenDatabase),
    TypeOrmModule.forFeature([Club, Squad]),
    HealthModule,
    MetricsModule,
  ],
  controllers: [SquadsController, SquadListController, SquadPagesController],
})
export class SpecimenModule {}
