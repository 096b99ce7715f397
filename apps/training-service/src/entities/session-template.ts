import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index } from 'typeorm';
import { NAME_LENGTH } from './column-rules';
import type { SessionBlock } from './exercise-prescription';
import { ORGANIZATIONS } from './platform-references';
import { WorkoutType } from './workout-session';

export enum Difficulty {
  Beginner = 'beginner',
  Intermediate = 'intermediate',
  Advanced = 'advanced',
  Elite = 'elite',
}

export const BLOCK_COUNT = 20;

/** A whole session as a club likes to run it, to plan sessions from. */
@Entity('session_templates')
@Check('ck_session_templates_name', `btrim(name) <> ''`)
// CASE, because AND and OR may be evaluated in any order, and the length of a non-array is an error.
@Check(
  'ck_session_templates_blocks',
  `CASE WHEN jsonb_typeof(blocks) = 'array' THEN jsonb_array_length(blocks) <= ${BLOCK_COUNT} ELSE false END`,
)
export class SessionTemplate extends VersionedEntity {
  @Index()
  @CrossServiceReference(ORGANIZATIONS)
  @Column({ type: 'uuid' })
  organizationId!: string;

  @Column({ type: 'varchar', length: NAME_LENGTH })
  name!: string;

  /** What kind of session it makes. */
  @Column({ type: 'enum', enum: WorkoutType })
  category!: WorkoutType;

  @Column({ type: 'enum', enum: Difficulty })
  difficulty!: Difficulty;

  /** In the order they are done. */
  @Column({ type: 'jsonb', default: [] })
  blocks!: SessionBlock[];
}
