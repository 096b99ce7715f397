/**
 * The legacy tables move as they are to the schema `legacy_archive`, and stay there until somebody drops it: what has no place in the
 * platform (audit entries, the difference between suspended and inactive, expired sessions) is still to be read. Secrets do
 * not stay: passwords go to the platform, tokens as hashes or not at all.
 */
import { LEGACY_ARCHIVE, type RunSql } from '@hockey-hub/shared-lib';

export const LEGACY_USER_TABLES = ['users', 'sessions', 'parent_links', 'audit_entries'] as const;

/** Reads and writes of others wait from here on, so that what was judged is what is moved. */
export async function lockLegacyUsers(run: RunSql): Promise<void> {
  await run(`LOCK TABLE ${LEGACY_USER_TABLES.map((table) => `"${table}"`).join(', ')} IN ACCESS EXCLUSIVE MODE`);
}

export async function archiveUsers(run: RunSql): Promise<void> {
  for (const table of LEGACY_USER_TABLES) await run(`ALTER TABLE "${table}" SET SCHEMA "${LEGACY_ARCHIVE}"`);
  await run(`ALTER VIEW "active_users" SET SCHEMA "${LEGACY_ARCHIVE}"`);
}

export async function removeSecrets(run: RunSql): Promise<void> {
  await run(`ALTER TABLE "${LEGACY_ARCHIVE}"."users" DROP COLUMN "password", DROP COLUMN "refreshToken"`);
  await run(`ALTER TABLE "${LEGACY_ARCHIVE}"."sessions" DROP COLUMN "token"`);
}
