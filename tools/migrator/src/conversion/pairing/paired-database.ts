/** A database of a test's own, with the schema and the pairing of a declaration; as the phases would have made it. */
import { createTestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import { Client } from 'pg';
import { queryOf, type Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { idMapOf, quotedTable } from '../names';
import { readFacts } from '../inspect/read-facts';
import { ensureState } from '../state/ensure-state';
import { swapColumns } from '../switch/column-swap';
import { viewsFor } from '../views/shape-views';
import { makeIdMaps } from './id-maps';
import { pairingFunctions, pairingTriggers } from './pairing-triggers';
import { UNPUBLISHED_PAIRS, WAITING_TABLE } from './pairing-names';
import { relaxNotNull } from './relax-not-null';
import { addTwins } from './twin-columns';

export interface PairedDatabase {
  readonly url: string;
  readonly facts: ConversionFacts;
  /** As the role that migrates. */
  readonly query: Query;
  /** Another session; ended with the database. */
  session(options?: { readonly path?: string; readonly role?: string }): Promise<Client>;
  /** What the switch does to columns and functions, and nothing else of it: the views of the shapes need nothing. */
  switch(): Promise<void>;
  /** Takes every row away, of the maps and lists too; sequences begin again. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

export interface PairedDatabaseOptions {
  readonly schema: string;
  /** Rows and whatever else is older than the conversion. */
  readonly before?: string;
  readonly hasViews?: boolean;
}

export async function pairedDatabase(
  conversion: IdConversion,
  { schema, before = '', hasViews = false }: PairedDatabaseOptions,
): Promise<PairedDatabase> {
  const database = await createTestDatabase();
  const sessions: Client[] = [];
  const session: PairedDatabase['session'] = async ({ path = 'public', role } = {}) => {
    const client = new Client({ connectionString: database.url, options: `-c search_path=${path}` });
    client.on('error', () => undefined); // a session that breaks tells through its next query
    await client.connect();
    sessions.push(client);
    if (role) await client.query(`SET ROLE ${role}`);
    return client;
  };
  const client = await session();
  const query = queryOf(client);
  await client.query(schema);
  await client.query(before);
  await ensureState(query);
  const facts = await readFacts(query, conversion);
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) {
      try {
        await query(statement);
      } catch (error) {
        await database.drop();
        throw new Error(`${String(error)} in: ${statement}`, { cause: error });
      }
    }
  };
  const phase = [
    ...makeIdMaps(conversion, facts),
    ...addTwins(conversion, facts),
    ...relaxNotNull(conversion, facts),
    ...pairingTriggers(conversion, facts, 'numeric'),
    ...(hasViews ? viewsFor(conversion, facts, 'numeric') : []),
  ];
  // Twice: a phase that was killed is run again.
  await run(phase);
  await run(phase);
  await client.query('SET search_path = public');
  return {
    url: database.url,
    facts,
    query,
    session,
    switch: async () => {
      await query('BEGIN');
      await run([...swapColumns(conversion, 'numeric'), ...pairingFunctions(conversion, facts, 'uuid')]);
      await query('COMMIT');
    },
    empty: async () => {
      await query(`SET lock_timeout = '5s'`); // what a failed test left open is told, not waited for
      const tables = [
        ...Object.keys(facts.tables).map(quotedTable),
        ...conversion.keys.map(({ table }) => idMapOf(table)),
        WAITING_TABLE,
        UNPUBLISHED_PAIRS,
      ];
      await query(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY`);
      for (const { sequence } of await query<{ sequence: string }>(
        `SELECT oid::regclass AS sequence FROM pg_class WHERE relkind = 'S' AND relnamespace = 'id_conversion'::regnamespace AND relname LIKE '%numbers'`,
      ))
        await query(`ALTER SEQUENCE ${sequence} RESTART`);
    },
    drop: async () => {
      await Promise.all(sessions.map((one) => one.end()));
      await database.drop();
    },
  };
}
