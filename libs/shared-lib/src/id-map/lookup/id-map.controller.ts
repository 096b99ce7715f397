import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemException } from '../../http/problem';
import { IdMapError } from '../id-map-error';
import { IdMapLookup } from './id-map-lookup';
import { IdMapParameters, LookUpIdsDto, NumberParameters, UuidParameters } from './id-map-parameters.dto';
import { IdPairResource } from './id-pair.resource';

const NOT_FOUND = {
  description: 'ID_MAP_NOT_FOUND: no such table was converted; ID_NOT_MAPPED: it has no such id',
};

@ApiTags('id-map')
@Controller('id-map/:map')
export class IdMapController {
  constructor(private readonly lookup: IdMapLookup) {}

  @Get(':number')
  @ApiOperation({ summary: 'Tell which UUID a numeric id became' })
  @ApiOkResponse({ type: IdPairResource })
  @ApiNotFoundResponse(NOT_FOUND)
  async byNumber(@Param() { map, number }: NumberParameters): Promise<IdPairResource> {
    return new IdPairResource(await asProblem(this.lookup.byNumber(map, number)));
  }

  @Get('by-uuid/:uuid')
  @ApiOperation({ summary: 'Tell which numeric id a UUID was' })
  @ApiOkResponse({ type: IdPairResource })
  @ApiNotFoundResponse(NOT_FOUND)
  async byUuid(@Param() { map, uuid }: UuidParameters): Promise<IdPairResource> {
    return new IdPairResource(await asProblem(this.lookup.byUuid(map, uuid)));
  }

  @Post('lookup')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Look up many ids at once',
    description: 'Answers in the order of the numbers; an id that is not in the map is not in the answer.',
  })
  @ApiOkResponse({ type: [IdPairResource] })
  @ApiNotFoundResponse(NOT_FOUND)
  async many(@Param() { map }: IdMapParameters, @Body() ids: LookUpIdsDto): Promise<IdPairResource[]> {
    const pairs = await asProblem(this.lookup.find(map, ids));
    return pairs.map((pair) => new IdPairResource(pair));
  }
}

async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof IdMapError)) throw error;
    throw new ProblemException(404, { code: error.code, detail: error.message }, { cause: error });
  }
}
