import { IsNull, MoreThan, type FindOptionsWhere } from 'typeorm';
import type { TeamMembership } from '../entities/team-membership';

/** Memberships without an end: at most one of a user in a team. */
export const WITHOUT_END: FindOptionsWhere<TeamMembership> = { leftAt: IsNull() };

/** The memberships of a user in a team that are open at that time; one that ends later is. */
export function openMembership(
  who: Pick<TeamMembership, 'userId' | 'teamId'>,
  at: Date,
): FindOptionsWhere<TeamMembership>[] {
  return [
    { ...who, ...WITHOUT_END },
    { ...who, leftAt: MoreThan(at) },
  ];
}
