/**
 * What this service tells the others about its rows, for events and for snapshots alike. Says everything that leaves the
 * service without being asked for: never credentials, addresses, telephone numbers or birthdays.
 */
import type { OrganizationState, TeamMembershipState, TeamState, UserState } from '@hockey-hub/shared-lib';
import type { Organization } from '../entities/organization';
import type { Team } from '../entities/team';
import type { TeamMembership } from '../entities/team-membership';
import type { User } from '../entities/user';

export function organizationState({ name, isActive }: Organization): OrganizationState {
  return { name, isActive };
}

export function teamState({ organizationId, name, season, isActive }: Team): TeamState {
  return { organizationId, name, season, isActive };
}

export function userState({ firstName, lastName, isActive }: User): UserState {
  return { firstName, lastName, isActive };
}

export function teamMembershipState({
  teamId,
  userId,
  joinedAt,
  leftAt,
}: TeamMembership): TeamMembershipState {
  return { teamId, userId, joinedAt: joinedAt.toISOString(), leftAt: leftAt?.toISOString() ?? null };
}
