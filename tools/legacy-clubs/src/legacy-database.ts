/** Sessions in the databases that are seeded, and whether there is anything in them. */
import { Client } from 'pg';
import { LegacyClubsError } from './errors';
import type { LegacyService } from './legacy-schema';

/** @throws LegacyClubsError CANNOT_CONNECT, without the URL's credentials */
export async function openLegacyDatabase(service: LegacyService, url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'hockey-hub-legacy-clubs' });
  // A session that breaks while nobody waits on it tells through its next query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code } = error as { code?: string };
    throw new LegacyClubsError(
      'CANNOT_CONNECT',
      `the legacy database of ${service} cannot be reached (${code ?? 'no code'}). The server must run, and the database exist: ` +
        'create it first, empty.',
      { cause: error },
    );
  }
}

/** @throws LegacyClubsError DATABASE_NOT_EMPTY */
export async function requireEmpty(service: LegacyService, client: Client): Promise<void> {
  const { rows } = await client.query<{ database: string; found: string[] }>(`
    SELECT current_database() AS database, array_agg(n.nspname || '.' || c.relname ORDER BY 1, c.oid) AS found
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`);
  const { database, found } = rows[0]!;
  if (!found) return;
  throw new LegacyClubsError(
    'DATABASE_NOT_EMPTY',
    `the database ${database} for ${service} is not empty: it has ${found.slice(0, 3).join(', ')}` +
      `${found.length > 3 ? ` and ${found.length - 3} more` : ''}. Nothing was changed. Name an empty database.`,
  );
}
