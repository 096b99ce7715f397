/**
 * Pure: what the people of a legacy database become members of. Its ids are derived from names, so that every service knows them without
 * asking another: the organization's is fixed, a team's is the UUID v5 (RFC 9562, SHA-1) of its trimmed code in the organization's
 * namespace. 'U16-A ' in a workout of the training-service and 'U16-A' of a user in the user-service are therefore one team.
 */
import { v5 as uuidv5 } from 'uuid';

/** The id of 'Default Organization' in every installation that came from a legacy database; also the namespace of its teams. */
export const DEFAULT_ORGANIZATION_ID = '019aa000-0000-7000-8000-000000000f01';
export const DEFAULT_ORGANIZATION_NAME = 'Default Organization';
export const DEFAULT_ORGANIZATION_SUBDOMAIN = 'default';
/** The team of those without a team code. */
export const DEFAULT_TEAM_NAME = 'Default Team';

/** @param code trimmed; DEFAULT_TEAM_NAME for those without one */
export const legacyTeamId = (code: string): string => uuidv5(code, DEFAULT_ORGANIZATION_ID);

/** The months from July on belong to the season that ends next year: `2026-2027`. In UTC. */
export function seasonOf(moment: Date): string {
  const JULY = 6;
  const first = moment.getUTCMonth() >= JULY ? moment.getUTCFullYear() : moment.getUTCFullYear() - 1;
  return `${first}-${first + 1}`;
}

/** A text without the blanks around it, the invisible ones included, and null when nothing is left; in SQL. */
export const trimmedInSql = (expression: string): string =>
  `nullif(btrim(${expression}, U&' \\0009\\000A\\000B\\000C\\000D\\00A0\\2007\\202F\\FEFF'), '')`;
