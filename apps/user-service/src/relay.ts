import { bootstrapService, DatabaseModule, HealthModule, MessagingModule } from '@hockey-hub/shared-lib';
import { Module } from '@nestjs/common';
import { userDatabase } from './user-database';

/**
 * Publishes the service's events and does nothing else, for a service that runs with OUTBOX_RELAY=off, or beside its own
 * relay: they share the work.
 */
@Module({
  imports: [
    DatabaseModule.forService(userDatabase),
    HealthModule,
    MessagingModule.forService({ service: userDatabase.service, role: 'relay' }),
  ],
})
class RelayModule {}

void bootstrapService({ module: RelayModule, service: userDatabase.service, defaultPort: 3101 });
