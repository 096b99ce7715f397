/** What a conversion must not leave behind, however often it was killed. */
import type { DatabaseUrls } from '@hockey-hub/conversion-clients';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';

/** Sessions of the migrator end when the server notices that their process is gone, so this asks about what cannot vanish later. */
const LEFTOVERS = `
  SELECT format('the index %s is not valid', indexrelid::regclass) AS "left" FROM pg_index WHERE NOT indisvalid
  UNION ALL
  SELECT format('the constraint %s of %s is not validated', conname, conrelid::regclass) FROM pg_constraint WHERE NOT convalidated
  UNION ALL
  SELECT format('the lock %s is held by process %s', coalesce(locktype, '?'), pid) FROM pg_locks
   WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL
  SELECT format('process %s of the migrator is still there, %s', pid, state) FROM pg_stat_activity
   WHERE datname = current_database() AND application_name LIKE 'hockey-hub-migrator%' AND pid <> pg_backend_pid()
  UNION ALL
  SELECT format('the trigger %s of %s is still there', tgname, tgrelid::regclass) FROM pg_trigger
   WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
  UNION ALL
  SELECT format('the scratch table %s is still there', oid::regclass) FROM pg_class
   WHERE relkind = 'r' AND relname IN ('empty_copy', 'arriving')
  UNION ALL
  SELECT format('an event is a dead letter (%s): %s', code, left(error, 200)) FROM "public"."dead_letters" WHERE state = 'open'
  UNION ALL
  SELECT format('the fill of %s has not ended', table_name) FROM "id_conversion"."tasks" WHERE ended_at IS NULL`;

/** In people's words; empty when there are none. */
export async function leftovers(urls: DatabaseUrls): Promise<string[]> {
  const found: string[] = [];
  for (const [database, url] of Object.entries(urls)) {
    await withConnection(url, database, async (client) => {
      const { rows } = await client.query<{ left: string }>(LEFTOVERS);
      for (const { left } of rows) found.push(`${database} database: ${left}`);
    });
  }
  return found;
}
