/**
 * Liveness and readiness, at /health/live and /health/ready.
 *
 * A service whose migrations are pending stays up and live, since restarting it would not help, and is not ready,
 * since its queries expect a schema that is not there yet. Needs a DataSource (DatabaseModule).
 */
import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator';
import { HealthController } from './health.controller';
import { MigrationsIndicator } from './migrations.indicator';

@Module({
  // Terminus' own logger would write beside the structured log; a failed check is in the request's line.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [DatabaseIndicator, MigrationsIndicator],
})
export class HealthModule {}
