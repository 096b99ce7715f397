import type { Client } from 'pg';
import type { LedgerRow } from '../requests/ledger';

/** The ledger as a table of the session: `pg_temp.ledger`, a line for each reference. */
export async function loadLedger(client: Client, written: readonly LedgerRow[]): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE "ledger" ("table" text, "key" text, "position" integer, "reference" text, "isCommitted" boolean)`,
  );
  const lines = written.flatMap(({ table, key, references, outcome }) => {
    const isCommitted = outcome === 'committed';
    // Whatever became of an unknown one: its key alone is known, and left out of every comparison.
    const known: readonly (string | null)[] = isCommitted ? references : [null];
    return known.map((reference, position) => ({ table, key, position, reference, isCommitted }));
  });
  await client.query(
    `INSERT INTO pg_temp."ledger"
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS "line" ("table" text, "key" text, "position" integer, "reference" text, "isCommitted" boolean)`,
    [JSON.stringify(lines)],
  );
  await client.query('CREATE INDEX ON pg_temp."ledger" ("table", "key")');
  await client.query('ANALYZE pg_temp."ledger"');
}
