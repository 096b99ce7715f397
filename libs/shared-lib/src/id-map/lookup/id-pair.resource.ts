import { ApiProperty } from '@nestjs/swagger';
import type { IdPair } from './id-map-lookup';

export class IdPairResource {
  @ApiProperty({ type: String, format: 'int64', description: 'The old id, as text', example: '42' })
  number: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'The new one' })
  uuid: string;

  constructor({ number, uuid }: IdPair) {
    this.number = number;
    this.uuid = uuid;
  }
}
