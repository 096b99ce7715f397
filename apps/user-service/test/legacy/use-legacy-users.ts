/** A legacy user database whose ids are UUIDs, on its way to the platform; one for each test that asks. */
import type { DirtRequest } from '@hockey-hub/legacy-clubs';
import {
  createConvertedClubs,
  type ConvertedClubs,
} from '@hockey-hub/legacy-clubs/src/testing/converted-clubs';
import { decide, migrateIn, rowsOf } from '@hockey-hub/migrator/src/testing/legacy-take-over';
import type { Client } from 'pg';
import { LegacyDecisions1763000001000 } from '../../src/migrations/legacy/1763000001000-LegacyDecisions';
import { LegacyToTarget1763000101000 } from '../../src/migrations/legacy/1763000101000-LegacyToTarget';

export interface UseLegacyUsers {
  /** With the team codes told, as when the training-service has no other ones, and what every club has to decide decided. */
  start(dirt: DirtRequest, users?: number): Promise<ConvertedClubs>;
  /** That of this test. */
  clubs(): ConvertedClubs;
}

export function useLegacyUsers(): UseLegacyUsers {
  let made: ConvertedClubs | undefined;
  afterEach(async () => {
    await made?.drop();
    made = undefined;
  });
  return {
    start: async (dirt, users = 60) => {
      made = await createConvertedClubs({ users, seed: 5, dirt, at: new Date() });
      await migrateIn(made.userUrl, 'user-service', LegacyDecisions1763000001000);
      await made.user.query(
        `INSERT INTO id_conversion.legacy_team_codes SELECT DISTINCT btrim("teamCode") FROM users WHERE "teamCode" IS NOT NULL`,
      );
      await decide(made.user, 'refresh-tokens-without-expiry', 'end');
      return made;
    },
    clubs: () => {
      if (!made) throw new Error('this test has not started any club');
      return made;
    },
  };
}

export const transform = ({ userUrl }: ConvertedClubs): Promise<void> =>
  migrateIn(userUrl, 'user-service', LegacyToTarget1763000101000);

export interface LegacyPerson {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: string;
  readonly status: string;
  readonly teamCode: string | null;
  readonly lastLogin: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const legacyPeople = (client: Client) =>
  rowsOf<LegacyPerson>(client, 'SELECT * FROM public.users ORDER BY id');

export const people = (client: Client) =>
  rowsOf<Record<string, unknown>>(
    client,
    `SELECT u.id, u.email, u.password_hash, u.first_name, u.last_name, u.is_active, u.email_verified, u.last_login_at, u.created_at, u.updated_at,
       (SELECT json_agg(json_build_array(o.name, r.name, m.is_active)) FROM organization_memberships m JOIN organizations o ON o.id = m.organization_id
          JOIN roles r ON r.id = m.role_id WHERE m.user_id = u.id) AS organizations,
       (SELECT json_agg(json_build_array(t.name, r.name, m.left_at)) FROM team_memberships m JOIN teams t ON t.id = m.team_id
          JOIN roles r ON r.id = m.role_id WHERE m.user_id = u.id) AS teams
     FROM public.users u ORDER BY u.id`,
  );

/** What a person of the legacy database must have become, said a second time, in TypeScript. */
export const expected = ({
  id,
  email,
  password,
  firstName,
  lastName,
  role,
  status,
  teamCode,
  lastLogin,
  createdAt,
  updatedAt,
}: LegacyPerson) => ({
  id,
  email: email.toLowerCase(),
  password_hash: password,
  first_name: firstName,
  last_name: lastName,
  is_active: status === 'active',
  email_verified: false,
  last_login_at: lastLogin,
  created_at: createdAt,
  updated_at: updatedAt,
  organizations: [['Default Organization', role, true]],
  teams: [[teamCode === null ? 'Default Team' : teamCode.trim(), role, null]],
});
