import { VersionedResource } from '@hockey-hub/shared-lib';
import { ApiProperty } from '@nestjs/swagger';
import { ExerciseCategory, type ExerciseTemplate, MuscleGroup } from '../../entities/exercise-template';

/** An exercise template as the API shows it. */
export class ExerciseTemplateResource extends VersionedResource {
  @ApiProperty({ type: String, format: 'uuid' })
  organizationId: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ enum: ExerciseCategory, enumName: 'ExerciseCategory' })
  category: ExerciseCategory;

  @ApiProperty({ enum: MuscleGroup, enumName: 'MuscleGroup', isArray: true })
  muscleGroups: MuscleGroup[];

  @ApiProperty({ type: [String] })
  equipment: string[];

  @ApiProperty({ type: String, nullable: true })
  instructions: string | null;

  @ApiProperty({ type: String, format: 'uri', nullable: true })
  videoUrl: string | null;

  constructor(template: ExerciseTemplate) {
    super(template);
    this.organizationId = template.organizationId;
    this.name = template.name;
    this.category = template.category;
    this.muscleGroups = template.muscleGroups;
    this.equipment = template.equipment;
    this.instructions = template.instructions;
    this.videoUrl = template.videoUrl;
  }
}
