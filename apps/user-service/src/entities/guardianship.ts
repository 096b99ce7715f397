import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { User } from './user';

/** What the parent is to the child. */
export enum GuardianRelationship {
  Parent = 'parent',
  StepParent = 'step_parent',
  FosterParent = 'foster_parent',
  Grandparent = 'grandparent',
  LegalGuardian = 'legal_guardian',
  Other = 'other',
}

/** That one user is responsible for another. */
@Entity('guardianships')
// Leads with parent_id, so it is the index of that foreign key too.
@Unique(['parentId', 'childId'])
@Check('ck_guardianships_two_people', 'parent_id <> child_id')
export class Guardianship extends BaseEntity {
  @Column({ type: 'uuid' })
  parentId!: string;

  // CASCADE on both sides: the bond ends with either person's account.
  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  parent!: User;

  @Index()
  @Column({ type: 'uuid' })
  childId!: string;

  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  child!: User;

  @Column({ type: 'enum', enum: GuardianRelationship, default: GuardianRelationship.Parent })
  relationship!: GuardianRelationship;

  @Column({ type: 'boolean', default: false })
  isPrimaryContact!: boolean;
}
