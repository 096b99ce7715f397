import { Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorGuard } from '../http/operator.guard';
import { ProblemException } from '../http/problem';
import { SagaDetailsResource, SagaQuery, SagaResource } from './saga.resource';
import { SagaError, type SagaErrorCode } from './saga-error';
import { Sagas } from './sagas';

const STATUS: Partial<Record<SagaErrorCode, number>> = {
  SAGA_NOT_FOUND: 404,
  SAGA_OVER: 409,
  SAGA_PAST_PIVOT: 409,
};

/** The sagas of a service, for its operators. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('operations/sagas')
@UseGuards(OperatorGuard)
export class SagasController {
  constructor(private readonly sagas: Sagas) {}

  @Get()
  @ApiOperation({ summary: 'The newest sagas' })
  @ApiOkResponse({ type: [SagaResource] })
  list(@Query() query: SagaQuery): Promise<SagaResource[]> {
    return this.sagas.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One saga, with its steps' })
  @ApiOkResponse({ type: SagaDetailsResource })
  inspect(@Param('id') id: string): Promise<SagaDetailsResource> {
    return answering(this.sagas.inspect(id));
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Make a saga that waits, or is stuck, go on now' })
  @ApiAcceptedResponse({ type: SagaDetailsResource })
  async retry(@Param('id') id: string): Promise<SagaDetailsResource> {
    await answering(this.sagas.retry(id));
    return this.sagas.inspect(id);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Stop a saga and take back what it did' })
  @ApiAcceptedResponse({ type: SagaDetailsResource })
  async cancel(@Param('id') id: string): Promise<SagaDetailsResource> {
    await answering(this.sagas.cancel(id));
    return this.sagas.inspect(id);
  }
}

async function answering<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const status = error instanceof SagaError ? STATUS[error.code] : undefined;
    if (status === undefined) throw error;
    const { code, message } = error as SagaError;
    throw new ProblemException(status, { code, detail: message }, { cause: error });
  }
}
