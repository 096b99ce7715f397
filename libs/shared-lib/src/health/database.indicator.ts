import { Injectable, Logger } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';

/** Longer than any healthy database takes, shorter than an orchestrator waits for a probe. */
const PING_TIMEOUT_MS = 2_000;

/** Up when the database answers a query. */
@Injectable()
export class DatabaseIndicator {
  private readonly logger = new Logger(DatabaseIndicator.name);

  constructor(
    private readonly health: HealthIndicatorService,
    private readonly dataSource: DataSource,
  ) {}

  async check(): Promise<HealthIndicatorResult<'database'>> {
    return this.health
      .check('database')
      .attempt(async () => {
        try {
          await this.dataSource.query('SELECT 1');
        } catch (error) {
          // Terminus would answer with the driver's words, which may name the server and its user.
          this.logger.error('the database does not answer', error);
          throw new Error('does not answer', { cause: error });
        }
      })
      .withTimeout(PING_TIMEOUT_MS);
  }
}
