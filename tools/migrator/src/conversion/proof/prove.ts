/**
 * The room `proof` owns what is checked instead of believed: that the two halves of every row say the same (here), and that every
 * reference has something to refer to (dangling.ts). It reads whole tables, each in one snapshot, and locks nothing.
 *
 * The halves agree when the map leads from one to the other.
 */
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { quotedTable } from '../names';
import { readFillSettings } from '../state/conversions';
import { twinNames, twinsOf, type Shape, type Twin } from '../twins';
import { countHalves, proveTwin } from './prove-twin';
import { incomplete } from './require-half';
import { isProven, rowsWithoutHalf, type TwinProof } from './twin-proof';
import { untilMet, type CatchUp, type Requirement, type Waiting } from './until-met';

export { isProven, type TwinProof } from './twin-proof';

/** @param shape that the database has; empty after the contract, when one half is all there is */
export async function prove(
  query: Query,
  conversion: IdConversion,
  shape: Shape,
): Promise<readonly TwinProof[]> {
  const proofs: TwinProof[] = [];
  for (const twin of await twinsThatAreThere(query, conversion, shape)) {
    proofs.push(await proveTwin(query, twin, shape));
  }
  return proofs;
}

/** The contract drops all of them at once. */
async function twinsThatAreThere(
  query: Query,
  conversion: IdConversion,
  shape: Shape,
): Promise<readonly Twin[]> {
  const twins = twinsOf(conversion);
  for (const twin of twins) {
    const rows = await query(
      `SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = $2 AND NOT attisdropped`,
      [quotedTable(twin.table), twinNames(twin, shape).numeric],
    );
    if (rows.length > 0) return twins;
  }
  return [];
}

/**
 * Proves what can be proven while clients write: both halves of every row lead to the same, and a row with one half only has had to
 * wait for the other one for less than half a minute.
 * @throws MigratorError CONVERSION_NOT_PROVEN with some of the rows; at once when halves differ, after half a minute when some are missing
 */
export async function requireProof(
  database: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
  catchUp: CatchUp = () => Promise.resolve(),
): Promise<void> {
  await requireOfAll(database, conversion, shape, agreement(database.service, proveTwin), { catchUp });
}

/**
 * The same where one half is to go, and in the same look: what `shape` says stays, and no row may wait for it, not even for a moment.
 * @throws MigratorError CONVERSION_NOT_PROVEN as above; CONVERSION_INCOMPLETE after half a minute, see require-half.ts
 */
export async function requireProofOfHalf(
  database: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
  { catchUp, patienceMs }: Waiting,
): Promise<void> {
  const { query, service } = database;
  const proven = agreement(service, proveTwin);
  const lacks = (found: TwinProof) => rowsWithoutHalf(found, shape) > 0n;
  const requirement: Requirement = {
    ...proven,
    isMet: (found) => isProven(found) && !lacks(found),
    failure: (failed) => {
      const lacking = failed.filter(lacks);
      return lacking.length === 0 || failed.some(proven.isHopeless)
        ? proven.failure(failed)
        : incomplete(query, { service, conversion, stays: shape, lacking });
    },
  };
  await requireOfAll(database, conversion, shape, requirement, { catchUp, patienceMs });
}

/**
 * That no row has one half only: a fraction of a proof, and enough where one was made before, as the triggers have kept since what it
 * found.
 * @throws MigratorError CONVERSION_NOT_PROVEN after half a minute
 */
export async function requireBothHalves(
  database: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
  catchUp: CatchUp,
): Promise<void> {
  await requireOfAll(database, conversion, shape, agreement(database.service, countHalves), { catchUp });
}

/** As many processes share a table as fills have workers: that much of the machine is the conversion's, the rest is the clients'. */
async function requireOfAll(
  { query }: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
  requirement: Requirement,
  waiting: Waiting,
): Promise<void> {
  const { workers } = await readFillSettings(query, conversion.name);
  const twins = await twinsThatAreThere(query, conversion, shape);
  await query(`SELECT set_config('max_parallel_workers_per_gather', $1, false)`, [String(workers - 1)]);
  await untilMet(query, twins, shape, requirement, waiting);
  await query('RESET max_parallel_workers_per_gather');
}

const agreement = (service: string, look: Requirement['look']): Requirement => ({
  look,
  isMet: isProven,
  isHopeless: ({ wrong }) => wrong !== '0',
  failure: (failed) => notProven(service, failed),
});

function notProven(service: string, failed: readonly TwinProof[]): MigratorError {
  const lines = failed.map(({ table, column, rows, incomplete, wrong, examples }) => {
    const found = [
      ...(wrong === '0' ? [] : [`${wrong} have a number and a UUID of different rows`]),
      ...(incomplete === '0' ? [] : [`${incomplete} have one of the two only`]),
    ].join(', and ');
    return `${table}.${column}: of ${rows} rows ${found}, such as\n    ${examples.join('\n    ')}`;
  });
  return new MigratorError(
    'CONVERSION_NOT_PROVEN',
    `${service}: the numbers and the UUIDs do not agree everywhere, so nothing goes on from here.\n  ${lines.join('\n  ')}\n` +
      'A row with one half only refers to something that has no pair: decide about it (`dangling` in the declaration); or a unique rule allows ' +
      'it or another row, which clients of both shapes wrote at once: delete one of the two. Then run this again. ' +
      'Halves of different rows were written past the triggers: find out which half is right, and write into the other what the id map says ' +
      '(not NULL, which would empty both).',
  );
}
