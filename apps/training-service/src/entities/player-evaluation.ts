import { CrossServiceReference, VersionedEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, Unique } from 'typeorm';
import { NOTES_LENGTH, type Range, within } from './column-rules';
import { TEAMS, USERS } from './platform-references';

export enum EvaluationOccasion {
  Tryout = 'tryout',
  Preseason = 'preseason',
  Midseason = 'midseason',
  Postseason = 'postseason',
  Other = 'other',
}

/** 1 is the weakest of the age group, 10 the strongest. */
export const RATING: Range = { min: 1, max: 10 };

const RATINGS = [
  'skating',
  'puck_handling',
  'passing',
  'shooting',
  'hockey_sense',
  'defending',
  'physical_play',
  'conditioning',
  'compete_level',
  'coachability',
  'goaltending',
];

/**
 * What a coach thinks of a player's game on a day. Ratings are columns, so that Postgres can guard and compare
 * them; each is null when it was not looked at (shooting of a goaltender, goaltending of a skater).
 */
@Entity('player_evaluations')
// One opinion per coach and day. Leads with player_id, so it is the index of that reference too.
@Unique('uq_player_evaluations_opinion', ['playerId', 'evaluatorId', 'teamId', 'evaluatedOn'])
@Check('ck_player_evaluations_ratings', RATINGS.map((rating) => within(rating, RATING)).join(' AND '))
@Check('ck_player_evaluations_rated', `num_nonnulls(${RATINGS.join(', ')}) > 0`)
@Check('ck_player_evaluations_self', 'player_id <> evaluator_id')
export class PlayerEvaluation extends VersionedEntity {
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  playerId!: string;

  @Index()
  @CrossServiceReference(TEAMS)
  @Column({ type: 'uuid' })
  teamId!: string;

  @Index()
  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  evaluatorId!: string;

  @Column({ type: 'enum', enum: EvaluationOccasion })
  occasion!: EvaluationOccasion;

  /** A calendar date, `YYYY-MM-DD`, where the club is. */
  @Column({ type: 'date' })
  evaluatedOn!: string;

  @Column({ type: 'smallint', nullable: true })
  skating!: number | null;

  @Column({ type: 'smallint', nullable: true })
  puckHandling!: number | null;

  @Column({ type: 'smallint', nullable: true })
  passing!: number | null;

  @Column({ type: 'smallint', nullable: true })
  shooting!: number | null;

  @Column({ type: 'smallint', nullable: true })
  hockeySense!: number | null;

  @Column({ type: 'smallint', nullable: true })
  defending!: number | null;

  @Column({ type: 'smallint', nullable: true })
  physicalPlay!: number | null;

  @Column({ type: 'smallint', nullable: true })
  conditioning!: number | null;

  @Column({ type: 'smallint', nullable: true })
  competeLevel!: number | null;

  @Column({ type: 'smallint', nullable: true })
  coachability!: number | null;

  @Column({ type: 'smallint', nullable: true })
  goaltending!: number | null;

  @Column({ type: 'varchar', length: NOTES_LENGTH, nullable: true })
  strengths!: string | null;

  @Column({ type: 'varchar', length: NOTES_LENGTH, nullable: true })
  areasToImprove!: string | null;

  /** From when the player and the parents may read it; null while it is the coaches' own. */
  @Column({ type: 'timestamptz', nullable: true })
  sharedAt!: Date | null;
}
