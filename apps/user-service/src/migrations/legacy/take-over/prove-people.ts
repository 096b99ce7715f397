/** Counts what came out against what went in, in the transaction that moved it: if anybody is missing, nothing happened. */
import { LEGACY_ARCHIVE, LegacyError, type RunSql } from '@hockey-hub/shared-lib';

interface Proof {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

const archived = (table: string) => `"${LEGACY_ARCHIVE}"."${table}"`;

const PROOFS: readonly Proof[] = [
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
  for (const { what, expected, found } of PROOFS) {
    const [counted] = (await run(
      `SELECT (SELECT count(*) FROM ${expected}) AS "expected", (SELECT count(*) FROM ${found}) AS "found"`,
    )) as [{ expected: string; found: string }];
    if (counted.expected === counted.found) continue;
    throw new LegacyError(
      'LEGACY_ROWS_LOST',
      `user-service: ${counted.expected} ${what} were to come out of the legacy rows, and ${counted.found} did. Nothing was changed. This is an ` +
        'error of the migration: report it with these numbers.',
    );
  }
}
