import { Module } from '@nestjs/common';
import { CommandsModule } from '../../commands/commands.module';
import { DatabaseModule } from '../../database/database.module';
import { NatsModule } from '../../nats/nats.module';
import { lockerBDatabase } from './locker-database';
import { PutPucksHandler } from './put-pucks.handler';

/** The service that only takes part. */
@Module({
  imports: [
    DatabaseModule.forService(lockerBDatabase),
    NatsModule.forService('locker-b'),
    CommandsModule.forService('locker-b'),
  ],
  providers: [PutPucksHandler],
})
export class LockerBModule {}
