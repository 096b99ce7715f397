import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import type { SessionBlock } from '../../entities/exercise-prescription';
import { Difficulty, type SessionTemplate } from '../../entities/session-template';
import { WorkoutType } from '../../entities/workout-session';
import { PrescriptionResource } from '../../exercises/dto/prescription.resource';

export class SessionBlockResource implements SessionBlock {
  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: 'integer' })
  rounds!: number;

  @ApiProperty({ type: [PrescriptionResource] })
  exercises!: PrescriptionResource[];
}

/** A session template as the API shows it. */
export class SessionTemplateResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  organizationId: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ enum: WorkoutType, enumName: 'WorkoutType' })
  category: WorkoutType;

  @ApiProperty({ enum: Difficulty, enumName: 'Difficulty' })
  difficulty: Difficulty;

  @ApiProperty({ type: [SessionBlockResource] })
  blocks: SessionBlockResource[];

  constructor(template: SessionTemplate) {
    super(template);
    this.organizationId = template.organizationId;
    this.name = template.name;
    this.category = template.category;
    this.difficulty = template.difficulty;
    this.blocks = template.blocks;
  }
}
