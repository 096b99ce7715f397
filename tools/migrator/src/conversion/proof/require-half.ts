/**
 * What has to be so before one half of all references goes, the UUIDs on the way back or the numbers with the contract: every row that
 * has that half has the other one, too. Clients that know one half alone can refer to a row of another service whose pair is not here
 * yet, and then that half is all that is known of it. No row may be on its way then, as a proof allows it.
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { quotedTable } from '../names';
import { pairedTables } from '../pairing/paired-table';
import { twinNames, type Shape } from '../twins';
import { countHalves } from './prove-twin';
import { rowsWithoutHalf, type TwinProof } from './twin-proof';
import { untilMet, type CatchUp } from './until-met';

const EXAMPLES = 10;

/**
 * Waits for halves that are on their way. Columns without a twin, as a run that was broken off leaves them, have all that they need.
 * @param stays the half that does not go: what the plain names hold
 * @throws MigratorError CONVERSION_INCOMPLETE with some of the rows, when `patienceMs` are over
 */
export async function requireHalf(
  { query, service }: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  stays: Shape,
  catchUp: CatchUp,
  patienceMs?: number,
): Promise<void> {
  const twins = pairedTables(conversion, facts, stays)
    .flatMap((table) => table.twins)
    .filter(({ numeric, uuid }) => numeric && uuid);
  const requirement = {
    look: countHalves,
    isMet: (found: TwinProof) => rowsWithoutHalf(found, stays) === 0n,
    isHopeless: () => false,
    failure: (lacking: readonly TwinProof[]) => incomplete(query, { service, conversion, stays, lacking }),
  };
  await untilMet(query, twins, stays, requirement, { catchUp, patienceMs });
}

export interface Incomplete {
  readonly service: string;
  readonly conversion: IdConversion;
  readonly stays: Shape;
  /** Columns with rows that lack this half. */
  readonly lacking: readonly TwinProof[];
}

/** CONVERSION_INCOMPLETE, with some of the rows. */
export async function incomplete(
  query: Query,
  { service, conversion: { owner }, stays, lacking }: Incomplete,
): Promise<MigratorError> {
  const [staying, going] = [WORDS[stays], WORDS[otherThan(stays)]];
  const lines: string[] = [];
  for (const found of lacking) {
    const examples = await rowsLacking(query, found, stays);
    lines.push(
      `${found.table}.${found.column}: ${rowsWithoutHalf(found, stays)} rows have a ${going} and no ${staying}, such as\n    ${examples.join('\n    ')}`,
    );
  }
  return new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: the ${going}s cannot be taken away yet, because some are all that is known of a reference; nothing was taken away.\n  ${lines.join('\n  ')}\n` +
      `Their ${staying}s come from ${owner}: let both services run with NATS, or run this where the databases of both can be reached. A ${going} that ` +
      `${owner} does not know refers to nothing: correct the row, or delete it. Then run this again.`,
  );
}

async function rowsLacking(
  query: Query,
  { table, column }: TwinProof,
  stays: Shape,
): Promise<readonly string[]> {
  const names = twinNames({ column }, stays);
  const [has, lacks] = [names[otherThan(stays)], names[stays]].map(escapeIdentifier);
  const rows = await query<{ example: string }>(
    `SELECT left(to_jsonb(t)::text, 200) AS "example" FROM ${quotedTable(table)} AS t WHERE t.${lacks} IS NULL AND t.${has} IS NOT NULL LIMIT ${EXAMPLES}`,
  );
  return rows.map(({ example }) => example);
}

const WORDS: Readonly<Record<Shape, string>> = { numeric: 'number', uuid: 'UUID' };

const otherThan = (half: Shape): Shape => (half === 'numeric' ? 'uuid' : 'numeric');
