/**
 * What events would have told the service by the time that a test begins: clubs, teams and users that it knows. Each id is
 * handed out once, so that a test shares nothing with another. Everybody is in every team.
 */
import { v7 as uuidv7 } from 'uuid';
import type { DataSource } from 'typeorm';

/** Of each kind; more than any file needs. */
const COUNT = 200;

const pool = (): string[] => Array.from({ length: COUNT }, () => uuidv7());
const ids = { organizations: pool(), teams: pool(), users: pool() };
const handedOut = { organizations: 0, teams: 0, users: 0 };

function next(kind: keyof typeof ids): string {
  const id = ids[kind][handedOut[kind]++];
  if (id === undefined) throw new Error(`a test file knows ${COUNT} ${kind}: raise COUNT in test/known.ts`);
  return id;
}

/** An id that nobody else uses, of a club that the service knows. */
export const knownOrganization = (): string => next('organizations');
export const knownTeam = (): string => next('teams');
export const knownUser = (): string => next('users');

/** Writes the rows of all those ids. */
export async function makeKnown(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `INSERT INTO "known_organizations" ("id", "sequence", "name") SELECT id, 1, 'IFK' FROM unnest($1::uuid[]) AS id`,
    [ids.organizations],
  );
  await dataSource.query(
    `INSERT INTO "known_teams" ("id", "sequence", "organization_id", "name", "season")
     SELECT id, 1, $2, 'U14', '2026-2027' FROM unnest($1::uuid[]) AS id`,
    [ids.teams, ids.organizations[0]],
  );
  await dataSource.query(
    `INSERT INTO "known_users" ("id", "sequence", "first_name", "last_name")
     SELECT id, 1, 'Mia', 'Keller' FROM unnest($1::uuid[]) AS id`,
    [ids.users],
  );
  await dataSource.query(
    `INSERT INTO "known_team_memberships" ("sequence", "team_id", "user_id", "joined_at")
     SELECT 1, team, person, now() FROM unnest($1::uuid[]) AS team CROSS JOIN unnest($2::uuid[]) AS person`,
    [ids.teams, ids.users],
  );
}
