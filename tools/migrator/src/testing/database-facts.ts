/** What a test compares: the schema and rows of a service's database next to what its ledger says of them. */
import { escapeIdentifier } from 'pg';
import { connectIfExists } from '../pg/create-database';
import type { FixtureWorkspace } from './fixture-workspace';

export interface DatabaseFacts {
  /** Number of rows by table of the schema public, without the ledger. */
  readonly rows: Readonly<Record<string, number>>;
  /** Names of the indexes that no constraint owns, sorted; an invalid one with `(invalid)`. */
  readonly indexes: readonly string[];
  /** TypeORM's list, in the order of application; undefined where its table is missing. */
  readonly ledger: readonly string[] | undefined;
  /** `up AddTeams1700000000000`, in the order of time; undefined where its table is missing. */
  readonly history: readonly string[] | undefined;
}

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'migrator') ORDER BY 1`;
const INDEXES = `
  SELECT c.relname || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END AS name
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = c.oid)
  ORDER BY 1`;

/** All of it in one snapshot, so that it holds also while somebody works there; undefined without a database. */
export async function databaseFacts(
  workspace: FixtureWorkspace,
  service: string,
): Promise<DatabaseFacts | undefined> {
  const client = await connectIfExists(workspace.urlOf(service), service);
  if (!client) return undefined;
  const names = async (sql: string) =>
    (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await names(TABLES);
    const rows: Record<string, number> = {};
    for (const table of tables) {
      const [schema = '', name = ''] = table.split('.');
      if (schema === 'migrator' || name === 'migrations') continue;
      const counted = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM public.${escapeIdentifier(name)}`,
      );
      rows[name] = counted.rows[0]!.count;
    }
    return {
      rows,
      indexes: await names(INDEXES),
      ledger: tables.includes('public.migrations')
        ? await names('SELECT name FROM public.migrations ORDER BY id')
        : undefined,
      history: tables.includes('migrator.history')
        ? await names(`SELECT direction || ' ' || name AS name FROM migrator.history ORDER BY id`)
        : undefined,
    };
  } finally {
    await client.end();
  }
}
