import { BaseEntity } from '@hockey-hub/shared-lib';
import { Column, Entity, Index, ManyToOne, Unique } from 'typeorm';
import { Organization } from './organization';
import { Role } from './role';
import { User } from './user';

/** That a user belongs to a club, and as what. A user who comes back gets the same row, active again. */
@Entity('organization_memberships')
// Leads with user_id, so it is the index of that foreign key too.
@Unique(['userId', 'organizationId'])
export class OrganizationMembership extends BaseEntity {
  @Column({ type: 'uuid' })
  userId!: string;

  // CASCADE: erasing a person erases what is known about them.
  @ManyToOne(() => User, { nullable: false, onDelete: 'CASCADE' })
  user!: User;

  @Index()
  @Column({ type: 'uuid' })
  organizationId!: string;

  // NO ACTION: a club with members is not removed by one statement.
  @ManyToOne(() => Organization, { nullable: false, onDelete: 'NO ACTION' })
  organization!: Organization;

  @Index()
  @Column({ type: 'uuid' })
  roleId!: string;

  // NO ACTION: nobody may be left without a role because one was removed.
  @ManyToOne(() => Role, { nullable: false, onDelete: 'NO ACTION' })
  role!: Role;

  @Column({ type: 'timestamptz', default: () => 'now()' })
  joinedAt!: Date;

  @Column({ type: 'boolean', default: true })
  isActive!: boolean;
}
