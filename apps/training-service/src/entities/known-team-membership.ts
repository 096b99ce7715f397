import { CrossServiceReference, KnownRow } from '@hockey-hub/shared-lib';
import { Column, Entity, Index } from 'typeorm';
import { TEAMS, USERS } from './platform-references';

/** What this service knows of a stretch of time that a user spends in a team. */
@Entity('known_team_memberships')
// The usual question. Leads with user_id, so it is the index of that reference too.
@Index(['userId', 'teamId'])
export class KnownTeamMembership extends KnownRow {
  @Index()
  @CrossServiceReference(TEAMS)
  @Column({ type: 'uuid' })
  teamId!: string;

  @CrossServiceReference(USERS)
  @Column({ type: 'uuid' })
  userId!: string;

  @Column({ type: 'timestamptz' })
  joinedAt!: Date;

  /** Null while the membership is open; may be in the future. */
  @Column({ type: 'timestamptz', nullable: true })
  leftAt!: Date | null;
}
