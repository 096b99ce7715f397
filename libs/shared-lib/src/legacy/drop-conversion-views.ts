/**
 * The conversion leaves views of the legacy tables for clients that were made for UUIDs (search_path `uuid_ids, public`). From here on
 * these clients are to see the platform's own tables, so the views go; nothing else does: what somebody built upon one is an error.
 */
import { escapeIdentifier } from 'pg';
import type { RunSql } from './run-sql';

const SCHEMA = 'uuid_ids';

/** @throws what Postgres throws (2BP01) when something else depends on them */
export async function dropConversionViews(run: RunSql): Promise<void> {
  const views = (await run(
    `SELECT c.relname AS "name" FROM pg_class c WHERE c.relnamespace = to_regnamespace($1) AND c.relkind = 'v' ORDER BY 1`,
    [SCHEMA],
  )) as { name: string }[];
  if (views.length > 0) {
    await run(`DROP VIEW ${views.map(({ name }) => `"${SCHEMA}".${escapeIdentifier(name)}`).join(', ')}`);
  }
  await run(`DROP SCHEMA IF EXISTS "${SCHEMA}"`);
}
