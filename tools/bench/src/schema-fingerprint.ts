/** What a contender left behind, in one string: two that applied the same migrations leave the same. */
import { databaseUrlOf, withClient } from './databases';

/** Columns, indexes, constraints and triggers of `public`, but for the table of applied migrations. */
const FINGERPRINT = `
  SELECT md5(coalesce(string_agg(fact, E'\\n' ORDER BY fact), '')) AS fingerprint FROM (
    SELECT concat_ws(' ', table_name, column_name, udt_name, is_nullable, column_default) AS fact
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
    UNION ALL
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('public.migrations'), 0::regclass)
    UNION ALL
    SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  ) facts`;

export async function schemaFingerprint(serverUrl: string, services: readonly string[]): Promise<string> {
  const fingerprints: string[] = [];
  for (const service of services) {
    await withClient(databaseUrlOf(service, serverUrl), async (client) => {
      const { rows } = await client.query<{ fingerprint: string }>(FINGERPRINT);
      fingerprints.push(`${service} ${rows[0]!.fingerprint}`);
    });
  }
  return fingerprints.join('\n');
}
