import { Controller, Get, Param, ParseUUIDPipe, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorGuard } from '../../http/operator.guard';
import { ProblemException } from '../../http/problem';
import { OutboxError } from '../outbox-error';
import { DeadLetterResource } from './dead-letter.resource';
import { DeadLetterQuery } from './dead-letter-query.dto';
import { DeadLetters } from './dead-letters';

@ApiTags('operations')
@ApiBearerAuth()
@Controller('operations/dead-letters')
@UseGuards(OperatorGuard)
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @ApiOperation({ summary: 'List what could not be processed, the oldest first' })
  @ApiOkResponse({ type: [DeadLetterResource] })
  async list(@Query() { state, limit }: DeadLetterQuery): Promise<DeadLetterResource[]> {
    const letters = await this.deadLetters.list(state, limit);
    return letters.map((letter) => new DeadLetterResource(letter));
  }

  @Post(':id/replay')
  @ApiOperation({ summary: 'Handle it once more, now that its cause is mended' })
  @ApiCreatedResponse({ type: DeadLetterResource })
  async replay(@Param('id', ParseUUIDPipe) id: string): Promise<DeadLetterResource> {
    return new DeadLetterResource(await asProblem(this.deadLetters.replay(id)));
  }

  @Post(':id/discard')
  @ApiOperation({ summary: 'Decide that it will never be handled' })
  @ApiCreatedResponse({ type: DeadLetterResource })
  async discard(@Param('id', ParseUUIDPipe) id: string): Promise<DeadLetterResource> {
    return new DeadLetterResource(await asProblem(this.deadLetters.discard(id)));
  }
}

async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OutboxError)) throw error;
    const status = error.code === 'DEAD_LETTER_NOT_FOUND' ? 404 : 409;
    throw new ProblemException(status, { code: error.code, detail: error.message }, { cause: error });
  }
}
