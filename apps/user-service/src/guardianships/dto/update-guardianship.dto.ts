import { OmitType, PartialType } from '@nestjs/swagger';
import { CreateGuardianshipDto } from './create-guardianship.dto';

// skipNullProperties false: null clears the columns that can be null and is a fault for all others.
export class UpdateGuardianshipDto extends PartialType(
  OmitType(CreateGuardianshipDto, ['parentId', 'childId']),
  { skipNullProperties: false },
) {}
