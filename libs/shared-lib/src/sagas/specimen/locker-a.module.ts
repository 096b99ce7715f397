import { Module } from '@nestjs/common';
import { CommandsModule } from '../../commands/commands.module';
import { TakePucksHandler } from '../../commands/specimen/take-pucks.handler';
import { DatabaseModule } from '../../database/database.module';
import { OperatorModule } from '../../http/operator.module';
import { NatsModule } from '../../nats/nats.module';
import { MetricsModule } from '../../observability/metrics.module';
import { SagasModule } from '../sagas.module';
import { lockerADatabase } from './locker-database';
import { MOVE_PUCKS } from './move-pucks.saga';

/** The service that drives the saga, and takes part in it. */
@Module({
  imports: [
    DatabaseModule.forService(lockerADatabase),
    NatsModule.forService('locker-a'),
    CommandsModule.forService('locker-a'),
    OperatorModule,
    MetricsModule,
    SagasModule.forService({ service: 'locker-a', sagas: [MOVE_PUCKS] }),
  ],
  providers: [TakePucksHandler],
})
export class LockerAModule {}
