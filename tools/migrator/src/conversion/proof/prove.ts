/**
 * The room `proof` owns what is checked instead of believed: that the two halves of every row say the same (here), and that every
 * reference has something to refer to (dangling.ts). It reads whole tables, each in one snapshot, and locks nothing.
 *
 * The halves of a column agree when the map leads from one to the other. For a key or a plain reference that is a join with the map; for
 * arrays, documents and polymorphic pairs one half is made again from the other. (A document may say the same number as 7 or as "7", and
 * a UUID in capitals: either direction will do.)
 */
import { setTimeout as pause } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { idMapOf, quotedTable } from '../names';
import { fillExpression } from '../pairing/fill-expression';
import { WAITING_TABLE } from '../pairing/pairing-names';
import { twinNames, twinsOf, type Shape, type Twin } from '../twins';

/** Of one column and its twin. Counts and checksums are text: they may be larger than JavaScript's numbers. */
export interface TwinProof {
  readonly table: string;
  /** The plain name. */
  readonly column: string;
  readonly rows: string;
  readonly numbers: string;
  readonly uuids: string;
  /** Rows with one half only: a pair is missing, or on its way. */
  readonly incomplete: string;
  /** Rows that have waited for a pair for a moment only, see pairing/waiting.ts: as long as clients write there are always some. */
  readonly underWay: string;
  /** Rows whose halves lead to different rows. */
  readonly wrong: string;
  /** Of (row, number) of the rows with both halves, in whatever order the rows are. */
  readonly numberChecksum: string;
  /** Of (row, number that the map has for the UUID): the same, when nothing is wrong. */
  readonly uuidChecksum: string;
  /** Some of the rows that are incomplete or wrong, as text. */
  readonly examples: readonly string[];
}

export const isProven = ({ incomplete, underWay, wrong, numberChecksum, uuidChecksum }: TwinProof) =>
  BigInt(incomplete) <= BigInt(underWay) && wrong === '0' && numberChecksum === uuidChecksum;

/** @param shape that the database has; empty after the contract, when one half is all there is */
export async function prove(
  query: Query,
  conversion: IdConversion,
  shape: Shape,
): Promise<readonly TwinProof[]> {
  const proofs: TwinProof[] = [];
  if (await areNumbersGone(query, conversion, shape)) return proofs;
  for (const twin of twinsOf(conversion)) proofs.push(await proveTwin(query, twin, shape));
  return proofs;
}

/** The contract drops all of them at once. */
async function areNumbersGone(query: Query, conversion: IdConversion, shape: Shape): Promise<boolean> {
  for (const twin of twinsOf(conversion)) {
    const rows = await query(
      `SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = $2 AND NOT attisdropped`,
      [quotedTable(twin.table), twinNames(twin, shape).numeric],
    );
    if (rows.length > 0) return false;
  }
  return true;
}

/** A client's row can be younger than the pair that it waits for. */
const PATIENCE_MS = 30_000;
const POLL_MS = 500;

/**
 * Proves what can be proven while clients write: both halves of every row lead to the same, and a row with one half only has had to
 * wait for the other one for less than half a minute.
 * @param catchUp brings pairs that have been made meanwhile, where no events do
 * @throws MigratorError CONVERSION_NOT_PROVEN with some of the rows; at once when halves differ, after half a minute when some are missing
 */
export async function requireProof(
  { query, service }: ConversionDatabase,
  conversion: IdConversion,
  shape: Shape,
  catchUp: () => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly TwinProof[]> {
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const proofs = await prove(query, conversion, shape);
    const failed = proofs.filter((proof) => !isProven(proof));
    if (failed.length === 0) return proofs;
    const isWrong = failed.some(({ wrong }) => wrong !== '0');
    if (isWrong || Date.now() > givesUpAt) throw notProven(service, failed);
    await catchUp();
    await pause(POLL_MS);
  }
}

const EXAMPLES = 10;

async function proveTwin(query: Query, twin: Twin, shape: Shape): Promise<TwinProof> {
  const halves = halvesOf(twin, shape);
  const { differ, isIncomplete } = halves;
  const [row] = await query<Omit<TwinProof, 'table' | 'column' | 'examples'>>(
    `SELECT count(*)::text AS rows, count(h.number)::text AS numbers, count(h.uuid)::text AS uuids,
            (count(*) FILTER (WHERE ${isIncomplete}))::text AS incomplete,
            (SELECT count(DISTINCT "row_key") FROM ${WAITING_TABLE} WHERE "table_name" = $1 AND "column_name" = $2
                AND "since" > now() - make_interval(secs => ${PATIENCE_MS / 1_000}))::text AS "underWay",
            (count(*) FILTER (WHERE NOT (${isIncomplete}) AND ${differ}))::text AS wrong,
            coalesce(sum(hashtextextended(h.place || ' ' || h.number::text, 0)) FILTER (WHERE NOT (${isIncomplete})), 0)::text AS "numberChecksum",
            coalesce(sum(hashtextextended(h.place || ' ' || h.back::text, 0)) FILTER (WHERE NOT (${isIncomplete})), 0)::text AS "uuidChecksum"
       FROM (${halves.sql}) h`,
    [twin.table, twin.column],
  );
  const isFine = row!.incomplete === '0' && row!.wrong === '0';
  const examples = isFine
    ? []
    : await query<{ example: string }>(
        `SELECT left(h.row::text, 200) AS example FROM (${halves.sql}) h WHERE ${isIncomplete} OR ${differ} LIMIT ${EXAMPLES}`,
      );
  return {
    table: twin.table,
    column: twin.column,
    ...row!,
    examples: examples.map(({ example }) => example),
  };
}

/** A query: where the row is, its halves, and the number that follows from its UUID. */
function halvesOf(twin: Twin, shape: Shape) {
  const names = twinNames(twin, shape);
  const [number, uuid] = [`t.${escapeIdentifier(names.numeric)}`, `t.${escapeIdentifier(names.uuid)}`];
  const map = twin.role === 'key' ? twin.table : twin.references[0].to;
  const isScalar = twin.role === 'key' || twin.references[0].kind === 'column';
  const given = `to_jsonb(t) AS row, t.ctid::text AS place, ${number} AS number, ${uuid} AS uuid`;
  const sql = isScalar
    ? `SELECT ${given}, m."number" AS back FROM ${quotedTable(twin.table)} t LEFT JOIN ${idMapOf(map)} m ON m."uuid" = ${uuid}`
    : `SELECT ${given}, CASE
         WHEN ${uuid} IS NOT DISTINCT FROM ${fillExpression(twin, { source: 'numeric', shape, row: 't' })} THEN ${number}::text
         ELSE (${fillExpression(twin, { source: 'uuid', shape, row: 't' })})::text END AS back FROM ${quotedTable(twin.table)} t`;
  return {
    sql,
    isIncomplete: '(h.number IS NULL) <> (h.uuid IS NULL)',
    differ: isScalar ? 'h.number IS DISTINCT FROM h.back' : 'h.number::text IS DISTINCT FROM h.back',
  };
}

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
      'A row with one half only refers to something that has no pair: decide about it (`dangling` in the declaration), and run this again. ' +
      'Halves of different rows were written past the triggers: set the wrong half to NULL, and the trigger makes it from the other.',
  );
}
