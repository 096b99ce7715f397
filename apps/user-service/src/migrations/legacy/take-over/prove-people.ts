/** What must come out of the legacy rows. */
import { LEGACY_ARCHIVE, proveCounts, type CountProof, type RunSql } from '@hockey-hub/shared-lib';

const archived = (table: string) => `"${LEGACY_ARCHIVE}"."${table}"`;

const PROOFS: readonly CountProof[] = [
  { what: 'users', expected: archived('users'), found: '"users"' },
  {
    what: 'users with the id they had',
    expected: archived('users'),
    found: `${archived('users')} AS old JOIN "users" AS new USING ("id")`,
  },
  { what: 'memberships in the organization', expected: archived('users'), found: '"organization_memberships"' },
  { what: 'memberships in teams', expected: archived('users'), found: '"team_memberships"' },
  {
    what: 'guardianships',
    expected: `${archived('parent_links')} WHERE "parentId" <> "childId"`,
    found: `${archived('parent_links')} AS old JOIN "guardianships" AS new ON new."parent_id" = old."parentId" AND new."child_id" = old."childId"`,
  },
];

/** @throws LegacyError LEGACY_ROWS_LOST */
export async function provePeople(run: RunSql): Promise<void> {
  await proveCounts(run, 'user-service', PROOFS);
}
