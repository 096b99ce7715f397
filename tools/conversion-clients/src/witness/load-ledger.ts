import type { Client } from 'pg';
import type { LedgerRow } from '../requests/ledger';

/** The lines of a row that may be one of two are told apart: as it was meant to be, and as it is if the write did not happen. */
export const STATES = { written: 0, otherwise: 1 } as const;

interface Line {
  readonly table: string;
  readonly key: string;
  /** Null for a row that is not there, or of which nobody knows more than the key. */
  readonly position: number | null;
  readonly reference: string | null;
  readonly isCommitted: boolean;
  readonly state: number;
}

/**
 * The ledger as a table of the session: `pg_temp.ledger`, a line for each reference.
 * @param asItWas what the row had before any client wrote it, by table and key; asked for rows that may still have it
 */
export async function loadLedger(
  client: Client,
  written: readonly LedgerRow[],
  asItWas: (table: string, key: string) => readonly string[] = () => [],
): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE "ledger" ("table" text, "key" text, "position" integer, "reference" text, "isCommitted" boolean, "state" integer)`,
  );
  const lines = written.flatMap((row): Line[] => {
    const { table, key, references, outcome, otherwise = [] } = row;
    const line = { table, key, isCommitted: outcome === 'committed' };
    const linesOf = (values: readonly string[], state: number): Line[] =>
      // The key alone keeps the row out of the comparison of those that nobody wrote.
      (values.length > 0 ? values : [null]).map((reference, position) => ({
        ...line,
        ...{ position: reference === null ? null : position, reference, state },
      }));
    if (outcome === 'committed') return linesOf(references, STATES.written);
    const other = otherwise === 'nothing' ? [] : otherwise === 'as it was' ? asItWas(table, key) : otherwise;
    return [...linesOf(references, STATES.written), ...linesOf(other, STATES.otherwise)];
  });
  await client.query(
    `INSERT INTO pg_temp."ledger"
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS "line" ("table" text, "key" text, "position" integer, "reference" text, "isCommitted" boolean, "state" integer)`,
    [JSON.stringify(lines)],
  );
  await client.query('CREATE INDEX ON pg_temp."ledger" ("table", "key")');
  await client.query('ANALYZE pg_temp."ledger"');
}
