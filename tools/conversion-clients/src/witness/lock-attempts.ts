import { CONVERSION_SCHEMA } from '@hockey-hub/migrator/src/conversion/names';
import type { Period } from '../analysis/period';
import { DATABASES, type DatabaseUrls } from '../client-group';
import { withSession } from './with-session';

/**
 * The times in which the migrator says that it queued for, or held, a lock that clients wait behind. None where somebody else
 * converted: nobody else says.
 */
export async function lockAttempts(urls: DatabaseUrls): Promise<Period[]> {
  const attempts: Period[] = [];
  for (const database of DATABASES) {
    await withSession(urls[database], async (client) => {
      const { rows: present } = await client.query(
        `SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'lock_attempts'`,
        [CONVERSION_SCHEMA],
      );
      if (present.length === 0) return;
      const { rows } = await client.query<Period>(
        `SELECT (extract(epoch FROM "at") * 1000)::float8 AS "toMs",
                (extract(epoch FROM "at") * 1000 - "took_ms")::float8 AS "fromMs"
           FROM "${CONVERSION_SCHEMA}"."lock_attempts"`,
      );
      attempts.push(...rows);
    });
  }
  return attempts;
}
