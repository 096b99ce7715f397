/**
 * What has to be so before the UUIDs go: every row that has a UUID has its number, too. Clients that know UUIDs alone can refer to a
 * row of another service whose pair is not here yet, and then the UUID is all that is known of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { quotedTable } from '../names';
import { pairedTables } from '../pairing/paired-table';

/** A pair comes within a second where events bring it. */
const PATIENCE_MS = 30_000;
const POLL_MS = 500;
const EXAMPLES = 10;

interface NumberlessColumn {
  readonly place: string;
  readonly rows: string;
  /** Some of the rows, as text. */
  readonly examples: readonly string[];
}

/**
 * Waits for numbers that are on their way. Columns without a twin, as a way back that was broken off leaves them, have all that they need.
 * @param facts in the shape numeric
 * @param catchUp brings pairs, where no events do
 * @throws MigratorError CONVERSION_INCOMPLETE with some of the rows, when `patienceMs` are over
 */
export async function requireNumbers(
  { query, service }: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  catchUp: () => Promise<unknown>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const givesUpAt = Date.now() + patienceMs; ;) {
    const numberless = await numberlessColumns(query, conversion, facts);
    if (numberless.length === 0) return;
    if (Date.now() > givesUpAt) throw incomplete(service, conversion, numberless);
    await catchUp();
    await pause(POLL_MS);
  }
}

async function numberlessColumns(
  query: Query,
  conversion: IdConversion,
  facts: ConversionFacts,
): Promise<readonly NumberlessColumn[]> {
  const found: NumberlessColumn[] = [];
  for (const { table, twins } of pairedTables(conversion, facts, 'numeric')) {
    for (const { column, names, uuid } of twins) {
      if (!uuid) continue;
      const lacksNumber = `t.${escapeIdentifier(names.numeric)} IS NULL AND t.${escapeIdentifier(names.uuid)} IS NOT NULL`;
      const [row] = await query<Pick<NumberlessColumn, 'rows' | 'examples'>>(
        `SELECT count(*)::text AS "rows",
                coalesce((SELECT array_agg("some"."text") FROM (
                  SELECT left(to_jsonb(t)::text, 200) AS "text" FROM ${quotedTable(table)} t WHERE ${lacksNumber} LIMIT ${EXAMPLES}) AS "some"), '{}') AS "examples"
           FROM ${quotedTable(table)} t WHERE ${lacksNumber}`,
      );
      if (row!.rows !== '0') found.push({ place: `${table}.${column}`, ...row! });
    }
  }
  return found;
}

function incomplete(
  service: string,
  { owner }: IdConversion,
  numberless: readonly NumberlessColumn[],
): MigratorError {
  const lines = numberless.map(
    ({ place, rows, examples }) =>
      `${place}: ${rows} rows have a UUID and no number, such as\n    ${examples.join('\n    ')}`,
  );
  return new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: the UUIDs cannot be taken away yet, because some are all that is known of a reference; nothing was taken away.\n  ${lines.join('\n  ')}\n` +
      `Their numbers come from ${owner}: let both services run with NATS, or run this where the databases of both can be reached. A UUID that ` +
      `${owner} does not know refers to nothing: correct the row, or delete it. Then run this again.`,
  );
}
