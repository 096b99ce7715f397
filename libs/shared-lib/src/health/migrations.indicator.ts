import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { pendingMigrations } from './pending-migrations';

/** Up when the database has had every migration that this version of the service brings. */
@Injectable()
export class MigrationsIndicator {
  constructor(
    private readonly health: HealthIndicatorService,
    private readonly dataSource: DataSource,
  ) {}

  async check(): Promise<HealthIndicatorResult<'migrations'>> {
    const indicator = this.health.check('migrations');
    try {
      const pending = await pendingMigrations(this.dataSource);
      return pending.length > 0 ? indicator.down({ pending }) : indicator.up();
    } catch {
      // The database indicator says what is wrong; the driver's words could name the server and its user.
      return indicator.down('unknown while the database does not answer');
    }
  }
}
