import {
  CrossServiceReference,
  VersionedEntity,
  WEB_ADDRESS_FORMAT,
  WEB_ADDRESS_LENGTH,
} from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Unique } from 'typeorm';
import { NAME_LENGTH } from './column-rules';
import { ORGANIZATIONS } from './platform-references';

export enum ExerciseCategory {
  Strength = 'strength',
  Power = 'power',
  Speed = 'speed',
  Agility = 'agility',
  Endurance = 'endurance',
  Mobility = 'mobility',
  Balance = 'balance',
  Skating = 'skating',
  Stickhandling = 'stickhandling',
  Shooting = 'shooting',
  Goaltending = 'goaltending',
  Recovery = 'recovery',
}

export enum MuscleGroup {
  Neck = 'neck',
  Shoulders = 'shoulders',
  Chest = 'chest',
  Back = 'back',
  Arms = 'arms',
  Forearms = 'forearms',
  Core = 'core',
  Hips = 'hips',
  Adductors = 'adductors',
  Glutes = 'glutes',
  Quadriceps = 'quadriceps',
  Hamstrings = 'hamstrings',
  Calves = 'calves',
  FullBody = 'full_body',
}

export const EQUIPMENT_COUNT = 20;
export const EQUIPMENT_LENGTH = 60;
export const INSTRUCTIONS_LENGTH = 5000;

/** An exercise as a club teaches it: what sessions are built from. */
@Entity('exercise_templates')
// Leads with organization_id, so it is the index of that reference too.
@Unique(['organizationId', 'name'])
@Check('ck_exercise_templates_name', `btrim(name) <> ''`)
@Check('ck_exercise_templates_muscle_groups', 'array_position(muscle_groups, NULL) IS NULL')
@Check(
  'ck_exercise_templates_equipment',
  `cardinality(equipment) <= ${EQUIPMENT_COUNT} AND array_position(equipment, NULL) IS NULL AND '' <> ALL (equipment)`,
)
@Check('ck_exercise_templates_instructions', `btrim(instructions) <> ''`)
@Check('ck_exercise_templates_video_url', `video_url ~ '${WEB_ADDRESS_FORMAT}'`)
export class ExerciseTemplate extends VersionedEntity {
  @CrossServiceReference(ORGANIZATIONS)
  @Column({ type: 'uuid' })
  organizationId!: string;

  @Column({ type: 'varchar', length: NAME_LENGTH })
  name!: string;

  @Column({ type: 'enum', enum: ExerciseCategory })
  category!: ExerciseCategory;

  @Column({ type: 'enum', enum: MuscleGroup, array: true, default: [] })
  muscleGroups!: MuscleGroup[];

  /** In the club's own words, as `kettlebell`: clubs own very different gyms. */
  @Column({ type: 'varchar', length: EQUIPMENT_LENGTH, array: true, default: [] })
  equipment!: string[];

  @Column({ type: 'varchar', length: INSTRUCTIONS_LENGTH, nullable: true })
  instructions!: string | null;

  @Column({ type: 'varchar', length: WEB_ADDRESS_LENGTH, nullable: true })
  videoUrl!: string | null;
}
