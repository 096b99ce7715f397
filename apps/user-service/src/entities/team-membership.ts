import { BaseEntity } from '@hockey-hub/shared-lib';
import { Check, Column, Entity, Index, ManyToOne } from 'typeorm';
import { Role } from './role';
import { Team } from './team';
import { User } from './user';

export enum PlayerPosition {
  Goaltender = 'goaltender',
  Defender = 'defender',
  Forward = 'forward',
  Center = 'center',
  LeftWing = 'left_wing',
  RightWing = 'right_wing',
}

export const LOWEST_JERSEY_NUMBER = 1;
export const HIGHEST_JERSEY_NUMBER = 99;

/** A stretch of time a user spends in a team. Open while `leftAt` is null; closed rows are its history. */
@Entity('team_memberships')
// At most one open membership. Partial, so it does not serve as the index of the foreign key on team_id.
@Index('uq_team_memberships_open', ['teamId', 'userId'], { unique: true, where: 'left_at IS NULL' })
@Check(
  'ck_team_memberships_jersey_number',
  `jersey_number BETWEEN ${LOWEST_JERSEY_NUMBER} AND ${HIGHEST_JERSEY_NUMBER}`,
)
@Check('ck_team_memberships_left_at', 'left_at >= joined_at')
export class TeamMembership extends BaseEntity {
  @Index()
  @Column({ type: 'uuid' })
  teamId!: string;

  // NO ACTION: who played in a team is history; a team that is over becomes inactive.
  @ManyToOne(() => Team, { nullable: false, onDelete: 'NO ACTION' })
  team!: Team;

  @Index()
  @Column({ type: 'uuid' })
  userId!: string;

  // CASCADE: erasing a person erases what is known about them.
  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  user!: User;

  @Index()
  @Column({ type: 'uuid' })
  roleId!: string;

  // NO ACTION: nobody may be left without a role because one was removed.
  @ManyToOne(() => Role, { nullable: false, onDelete: 'NO ACTION' })
  role!: Role;

  @Column({ type: 'smallint', nullable: true })
  jerseyNumber!: number | null;

  /** Null for members who do not play. */
  @Column({ type: 'enum', enum: PlayerPosition, nullable: true })
  position!: PlayerPosition | null;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  joinedAt!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  leftAt!: Date | null;
}
