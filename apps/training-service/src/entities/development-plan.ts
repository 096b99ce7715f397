import { CrossServiceReference, SEASON_FORMAT, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, OneToMany, type Relation } from 'typeorm';
import { NAME_LENGTH, NOTES_LENGTH } from './column-rules';
import { DevelopmentGoal } from './development-goal';
import { TEAMS, USERS } from './platform-references';
import { PlayerEvaluation } from './player-evaluation';

export enum DevelopmentPlanStatus {
  Draft = 'draft',
  Active = 'active',
  Completed = 'completed',
  Cancelled = 'cancelled',
}

/** What a player and a coach agreed to work on for a while. */
@Entity('development_plans')
// A player follows one plan per team at a time. Partial, so it does not serve as the index of the references.
@Index('uq_development_plans_active', ['playerId', 'teamId'], { unique: true, where: `status = 'active'` })
@Check('ck_development_plans_title', `btrim(title) <> ''`)
@Check('ck_development_plans_season', `season ~ '${SEASON_FORMAT}'`)
@Check('ck_development_plans_period', 'ends_on > starts_on')
export class DevelopmentPlan extends VersionedEntity {
  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  playerId!: string;

  @Index()
  @CrossServiceReference(TEAMS)
  @Column({ type: 'uuid' })
  teamId!: string;

  /** Who answers for the plan. */
  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  coachId!: string;

  /** The evaluation that the plan answers. */
  @Index()
  @Column({ type: 'uuid', nullable: true })
  playerEvaluationId!: string | null;

  // SET NULL: a plan stands on its own once it is made.
  @ManyToOne(() => PlayerEvaluation, { nullable: true, onDelete: 'SET NULL' })
  playerEvaluation?: PlayerEvaluation | null;

  @Column({ type: 'varchar', length: NAME_LENGTH })
  title!: string;

  @Column({ type: 'varchar', length: 9 })
  season!: string;

  @Column({ type: 'enum', enum: DevelopmentPlanStatus, default: DevelopmentPlanStatus.Draft })
  status!: DevelopmentPlanStatus;

  /** A calendar date, `YYYY-MM-DD`. */
  @Column({ type: 'date' })
  startsOn!: string;

  /** A calendar date, `YYYY-MM-DD`. */
  @Column({ type: 'date' })
  endsOn!: string;

  @Column({ type: 'varchar', length: NOTES_LENGTH, nullable: true })
  summary!: string | null;

  @OneToMany(() => DevelopmentGoal, (goal) => goal.developmentPlan)
  goals?: Relation<DevelopmentGoal>[];
}
