import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { ProblemException } from '../http/problem';
import { DatabaseIndicator } from './database.indicator';
import { MigrationsIndicator } from './migrations.indicator';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseIndicator,
    private readonly migrations: MigrationsIndicator,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process runs; if not, restart it' })
  @ApiOkResponse({ description: 'It does' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether to send requests: the database answers and no migration is pending' })
  @ApiOkResponse({ description: 'Ready' })
  @ApiServiceUnavailableResponse({ description: 'Not ready; `checks` says why, pending migrations by name' })
  async ready(): Promise<{ status: string; checks: HealthCheckResult['details'] }> {
    try {
      const { status, details } = await this.health.check([
        () => this.database.check(),
        () => this.migrations.check(),
      ]);
      return { status, checks: details };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { details } = error.getResponse() as HealthCheckResult;
      throw new ProblemException(
        503,
        { code: 'NOT_READY', title: 'Not ready', detail: `Not up: ${downNames(details)}.`, checks: details },
        { cause: error },
      );
    }
  }
}

function downNames(details: HealthCheckResult['details']): string {
  return Object.keys(details)
    .filter((name) => details[name]?.status === 'down')
    .join(', ');
}
