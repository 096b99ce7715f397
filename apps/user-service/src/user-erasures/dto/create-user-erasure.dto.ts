import { IsId } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';

export class CreateUserErasureDto {
  @ApiProperty({ type: String, format: 'uuid', description: 'Also one who was deleted before' })
  @IsId()
  userId!: string;
}
