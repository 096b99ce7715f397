import { Logger as NestLogger } from '@nestjs/common';
import type { Logger as TypeOrmLogger } from 'typeorm';

/** A query that takes longer is worth a line. */
export const SLOW_QUERY_MS = 1_000;

/**
 * What TypeORM has to say, as lines of the service's log. Queries are shown without their parameters, which hold what
 * people entered; failed ones are not shown here, since the error that they throw is logged by whoever handles it.
 */
export class TypeOrmLog implements TypeOrmLogger {
  private readonly logger = new NestLogger('TypeORM');

  logQuery(query: string): void {
    this.logger.verbose(query);
  }

  logQueryError(error: string | Error, query: string): void {
    this.logger.debug('query failed', { query, err: error });
  }

  logQuerySlow(durationMs: number, query: string): void {
    this.logger.warn('slow query', { durationMs, query });
  }

  logSchemaBuild(message: string): void {
    this.logger.debug(message);
  }

  logMigration(message: string): void {
    this.logger.log(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.logger.warn(message);
    else this.logger.log(message);
  }
}
