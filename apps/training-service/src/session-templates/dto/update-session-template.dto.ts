import { ExpectsVersion } from '@hockey-hub/shared-lib';
import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateSessionTemplateDto } from './create-session-template.dto';

// skipNullProperties false: every field here stands for a column that cannot be null.
export class UpdateSessionTemplateDto extends PartialType(
  OmitType(CreateSessionTemplateDto, ['organizationId']),
  { skipNullProperties: false },
) {
  @ExpectsVersion()
  version?: number;
}
