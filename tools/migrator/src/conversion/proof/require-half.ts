/**
 * What has to be so before one half of all references goes, the UUIDs on the way back or the numbers with the contract: every row that
 * has that half has the other one, too. Clients that know one half alone can refer to a row of another service whose pair is not here
 * yet, and then that half is all that is known of it.
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
import type { Shape } from '../twins';

/** A pair comes within a second where events bring it. */
const PATIENCE_MS = 30_000;
const POLL_MS = 500;
const EXAMPLES = 10;

interface LackingColumn {
  readonly place: string;
  readonly rows: string;
  /** Some of the rows, as text. */
  readonly examples: readonly string[];
}

/**
 * Waits for halves that are on their way. Columns without a twin, as a run that was broken off leaves them, have all that they need.
 * @param stays the half that does not go: what the plain names hold
 * @param catchUp brings pairs, where no events do
 * @throws MigratorError CONVERSION_INCOMPLETE with some of the rows, when `patienceMs` are over
 */
export async function requireHalf(
  { query, service }: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  stays: Shape,
  catchUp: () => Promise<unknown>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const givesUpAt = Date.now() + patienceMs; ;) {
    const lacking = await lackingColumns(query, conversion, facts, stays);
    if (lacking.length === 0) return;
    if (Date.now() > givesUpAt) throw incomplete(service, conversion, stays, lacking);
    await catchUp();
    await pause(POLL_MS);
  }
}

async function lackingColumns(
  query: Query,
  conversion: IdConversion,
  facts: ConversionFacts,
  stays: Shape,
): Promise<readonly LackingColumn[]> {
  const found: LackingColumn[] = [];
  for (const { table, twins } of pairedTables(conversion, facts, stays)) {
    for (const { column, names, numeric, uuid } of twins) {
      if (!numeric || !uuid) continue;
      const lacks = `t.${escapeIdentifier(names[stays])} IS NULL AND t.${escapeIdentifier(names[otherThan(stays)])} IS NOT NULL`;
      const [row] = await query<Pick<LackingColumn, 'rows' | 'examples'>>(
        `SELECT count(*)::text AS "rows",
                coalesce((SELECT array_agg("some"."text") FROM (
                  SELECT left(to_jsonb(t)::text, 200) AS "text" FROM ${quotedTable(table)} t WHERE ${lacks} LIMIT ${EXAMPLES}) AS "some"), '{}') AS "examples"
           FROM ${quotedTable(table)} t WHERE ${lacks}`,
      );
      if (row!.rows !== '0') found.push({ place: `${table}.${column}`, ...row! });
    }
  }
  return found;
}

function incomplete(
  service: string,
  { owner }: IdConversion,
  stays: Shape,
  lacking: readonly LackingColumn[],
): MigratorError {
  const [staying, going] = [WORDS[stays], WORDS[otherThan(stays)]];
  const lines = lacking.map(
    ({ place, rows, examples }) =>
      `${place}: ${rows} rows have a ${going} and no ${staying}, such as\n    ${examples.join('\n    ')}`,
  );
  return new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: the ${going}s cannot be taken away yet, because some are all that is known of a reference; nothing was taken away.\n  ${lines.join('\n  ')}\n` +
      `Their ${staying}s come from ${owner}: let both services run with NATS, or run this where the databases of both can be reached. A ${going} that ` +
      `${owner} does not know refers to nothing: correct the row, or delete it. Then run this again.`,
  );
}

const WORDS: Readonly<Record<Shape, string>> = { numeric: 'number', uuid: 'UUID' };

const otherThan = (half: Shape): Shape => (half === 'numeric' ? 'uuid' : 'numeric');
