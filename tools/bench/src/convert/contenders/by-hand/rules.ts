/** Keys, foreign keys, indexes and views of the two databases, as their schemas say them. */
import { SERVICE_OF, type DatabaseName } from '@hockey-hub/conversion-clients';
import { LARGE_CLUB_INDEXES } from '@hockey-hub/legacy-clubs';
import { legacyTablesAndRulesOf } from '@hockey-hub/legacy-clubs/src/legacy-schema';
import type { Query } from '@hockey-hub/migrator/src/pg/query';

/** Makes those that are not there: all of a new table, and those that went with a column. */
export async function restoreRules(query: Query, database: DatabaseName): Promise<void> {
  const rows = await query<{ name: string }>(
    `SELECT conname AS "name" FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
  );
  const present = new Set(rows.map(({ name }) => name));
  const service = SERVICE_OF[database];
  for (const rule of [...legacyTablesAndRulesOf(service).rules, ...LARGE_CLUB_INDEXES[service]]) {
    if (!present.has(nameOf(rule))) await query(rule);
  }
}

/** What the statement makes. */
export function nameOf(rule: string): string {
  const made = /(?:ADD CONSTRAINT|CREATE(?: UNIQUE)? INDEX|CREATE VIEW) "([^"]+)"/.exec(rule);
  if (!made) throw new Error(`what does this make? ${rule}`);
  return made[1]!;
}
