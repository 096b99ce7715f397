import { bootstrapService, DatabaseModule, HealthModule, MessagingModule } from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { trainingDatabase } from './training-database';

/**
 * Publishes the service's events and does nothing else, for a service that runs with OUTBOX_RELAY=off, or beside its own
 * relay: they share the work.
 */
@Module({
  imports: [
    DatabaseModule.forService(trainingDatabase),
    HealthModule,
    MessagingModule.forService({ service: trainingDatabase.service, role: 'relay' }),
  ],
})
class RelayModule {}

void bootstrapService({ module: RelayModule, service: trainingDatabase.service, defaultPort: 3102 });
