import { VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne, type Relation } from 'typeorm';
import { NAME_LENGTH, NOTES_LENGTH } from './column-rules';
import { decimalTransformer } from './decimal-transformer';
import { DevelopmentPlan } from './development-plan';

export enum DevelopmentGoalCategory {
  Technical = 'technical',
  Tactical = 'tactical',
  Physical = 'physical',
  Mental = 'mental',
  Lifestyle = 'lifestyle',
}

export enum DevelopmentGoalStatus {
  Open = 'open',
  InProgress = 'in_progress',
  Achieved = 'achieved',
  Missed = 'missed',
  Dropped = 'dropped',
}

/**
 * One thing to reach within a development plan. A measured goal names its metric and unit and has a target
 * (30 m skating, seconds, from 4.9 to 4.6: the target may be below the baseline); others are judged by eye.
 */
@Entity('development_goals')
@Check('ck_development_goals_title', `btrim(title) <> ''`)
@Check(
  'ck_development_goals_measure',
  'num_nonnulls(metric, unit, target_value) IN (0, 3) AND (metric IS NOT NULL OR num_nonnulls(baseline_value, current_value) = 0)',
)
@Check('ck_development_goals_achieved_on', `(status = 'achieved') = (achieved_on IS NOT NULL)`)
export class DevelopmentGoal extends VersionedEntity {
  @Index()
  @Column({ type: 'uuid' })
  developmentPlanId!: string;

  // CASCADE: a part of the plan.
  @ManyToOne(() => DevelopmentPlan, (plan) => plan.goals, { nullable: false, onDelete: 'CASCADE' })
  developmentPlan?: Relation<DevelopmentPlan>;

  @Column({ type: 'varchar', length: NAME_LENGTH })
  title!: string;

  @Column({ type: 'varchar', length: NOTES_LENGTH, nullable: true })
  description!: string | null;

  @Column({ type: 'enum', enum: DevelopmentGoalCategory })
  category!: DevelopmentGoalCategory;

  @Column({ type: 'enum', enum: DevelopmentGoalStatus, default: DevelopmentGoalStatus.Open })
  status!: DevelopmentGoalStatus;

  /** What is measured; null for a goal that is judged by eye. */
  @Column({ type: 'varchar', length: 100, nullable: true })
  metric!: string | null;

  /** What the three values are counted in, as `s`, `kg` or `%`. */
  @Column({ type: 'varchar', length: 20, nullable: true })
  unit!: string | null;

  @Column({ type: 'numeric', precision: 10, scale: 3, nullable: true, transformer: decimalTransformer })
  baselineValue!: number | null;

  @Column({ type: 'numeric', precision: 10, scale: 3, nullable: true, transformer: decimalTransformer })
  targetValue!: number | null;

  @Column({ type: 'numeric', precision: 10, scale: 3, nullable: true, transformer: decimalTransformer })
  currentValue!: number | null;

  /** A calendar date, `YYYY-MM-DD`; null when the plan's end is the deadline. */
  @Column({ type: 'date', nullable: true })
  dueOn!: string | null;

  /** A calendar date, `YYYY-MM-DD`. */
  @Column({ type: 'date', nullable: true })
  achievedOn!: string | null;
}
