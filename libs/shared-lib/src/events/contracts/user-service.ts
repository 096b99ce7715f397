/**
 * What the user-service tells about clubs, teams, the people in them, and who is in which team.
 *
 * Only what others have a use for: an event stays in the listeners' databases and, for a week, on NATS. No credentials,
 * no e-mail address, no telephone number, no date of birth. Moments are ISO 8601 in UTC, as `Date.toISOString` writes them.
 */
import { IsBoolean, IsISO8601, IsNotEmpty, IsOptional, IsString, IsUUID } from 'class-validator';
import { defineAggregate } from '../aggregate-contract';
import { defineEvent } from '../event-contract';
import { AggregateDeleted } from './aggregate-deleted';
import { defineIdMaps } from './id-map';

const service = 'user-service';

/** A club. */
export class OrganizationState {
  @IsString()
  @IsNotEmpty()
  name!: string;

  /** False when the club is closed. */
  @IsBoolean()
  isActive!: boolean;
}

export class TeamState {
  @IsUUID()
  organizationId!: string;

  @IsString()
  @IsNotEmpty()
  name!: string;

  /** `2025-2026` or `2026`. */
  @IsString()
  @IsNotEmpty()
  season!: string;

  /** False when the team is over. */
  @IsBoolean()
  isActive!: boolean;
}

/** A person. What they are in a team is said by their memberships. */
export class UserState {
  @IsString()
  firstName!: string;

  @IsString()
  lastName!: string;

  /** False when the account is closed. */
  @IsBoolean()
  isActive!: boolean;
}

/** A stretch of time that a user spends in a team; open while `leftAt` is null. */
export class TeamMembershipState {
  @IsUUID()
  teamId!: string;

  @IsUUID()
  userId!: string;

  @IsISO8601({ strict: true })
  joinedAt!: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  leftAt!: string | null;
}

/** Says whose membership it was, for listeners that do not keep memberships. */
export class TeamMembershipDeleted extends AggregateDeleted {
  @IsUUID()
  teamId!: string;

  @IsUUID()
  userId!: string;
}

export const ORGANIZATION = defineAggregate({ service, aggregate: 'organization', state: OrganizationState });
export const ORGANIZATION_CREATED = defineEvent({
  ...ORGANIZATION,
  verb: 'created',
  data: OrganizationState,
});
export const ORGANIZATION_UPDATED = defineEvent({
  ...ORGANIZATION,
  verb: 'updated',
  data: OrganizationState,
});
export const ORGANIZATION_DELETED = defineEvent({ ...ORGANIZATION, verb: 'deleted', data: AggregateDeleted });

export const TEAM = defineAggregate({ service, aggregate: 'team', state: TeamState });
export const TEAM_CREATED = defineEvent({ ...TEAM, verb: 'created', data: TeamState });
export const TEAM_UPDATED = defineEvent({ ...TEAM, verb: 'updated', data: TeamState });
export const TEAM_DELETED = defineEvent({ ...TEAM, verb: 'deleted', data: AggregateDeleted });

export const USER = defineAggregate({ service, aggregate: 'user', state: UserState });
export const USER_CREATED = defineEvent({ ...USER, verb: 'created', data: UserState });
export const USER_UPDATED = defineEvent({ ...USER, verb: 'updated', data: UserState });
export const USER_DELETED = defineEvent({ ...USER, verb: 'deleted', data: AggregateDeleted });

export const TEAM_MEMBERSHIP = defineAggregate({
  service,
  aggregate: 'team-membership',
  state: TeamMembershipState,
});
export const TEAM_MEMBERSHIP_CREATED = defineEvent({
  ...TEAM_MEMBERSHIP,
  verb: 'created',
  data: TeamMembershipState,
});
export const TEAM_MEMBERSHIP_UPDATED = defineEvent({
  ...TEAM_MEMBERSHIP,
  verb: 'updated',
  data: TeamMembershipState,
});
export const TEAM_MEMBERSHIP_DELETED = defineEvent({
  ...TEAM_MEMBERSHIP,
  verb: 'deleted',
  data: TeamMembershipDeleted,
});

/** Which UUIDs the numbers of its converted tables became. */
export const USER_ID_MAPS = defineIdMaps(service);

export const USER_SERVICE_EVENTS = [
  ...[ORGANIZATION_CREATED, ORGANIZATION_UPDATED, ORGANIZATION_DELETED],
  ...[TEAM_CREATED, TEAM_UPDATED, TEAM_DELETED],
  ...[USER_CREATED, USER_UPDATED, USER_DELETED],
  ...[TEAM_MEMBERSHIP_CREATED, TEAM_MEMBERSHIP_UPDATED, TEAM_MEMBERSHIP_DELETED],
  ...[USER_ID_MAPS.filled, USER_ID_MAPS.made],
];
