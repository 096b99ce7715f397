/**
 * The proof of one column: first what shows that all rows agree, a join of everything with the map at once. Only where that cannot say so,
 * row by row, which is slow: one half of a column is made again from the other. (A document may say the same number as 7 or as "7", and
 * a UUID in capitals: either direction will do.)
 */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import type { JsonReference, Reference } from '../declaration';
import { parseJsonPath } from '../inspect/json-path';
import { idMapOf, quotedTable } from '../names';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { fillExpression } from '../pairing/fill-expression';
import { WAITING_TABLE } from '../pairing/pairing-names';
import { referenceSql } from '../pairing/reference-sql';
import { twinNames, type Shape, type Twin } from '../twins';
import { differentFrames } from './frames';
import { walkDocuments, type BothHalves } from './side-by-side';
import { isWaitedFor, PATIENCE_MS, type TwinProof } from './twin-proof';

const EXAMPLES = 10;

export async function proveTwin(query: Query, twin: Twin, shape: Shape): Promise<TwinProof> {
  const counted = await countHalves(query, twin, shape);
  const { suspicious, ...checksums } = await compareAtOnce(query, twin, shape);
  if (suspicious === '0' && (await haveSameFrames(query, twin, shape))) return { ...counted, ...checksums };
  const { examples, ...compared } = await compareRows(query, twin, shape);
  return { ...counted, ...compared, examples: [...examples, ...counted.examples].slice(0, EXAMPLES) };
}

interface Halves {
  readonly number: string;
  readonly uuid: string;
  readonly isComplete: string;
  /** Quoted, with the alias `t`. */
  readonly from: string;
}

function halvesOf(twin: Twin, shape: Shape): Halves {
  const names = twinNames(twin, shape);
  const [number, uuid] = [`t.${escapeIdentifier(names.numeric)}`, `t.${escapeIdentifier(names.uuid)}`];
  return {
    ...{ number, uuid },
    isComplete: `(${number} IS NULL) = (${uuid} IS NULL)`,
    from: `${quotedTable(twin.table)} AS t`,
  };
}

/** How many rows have which half: one look at the table, and nothing compared. */
export async function countHalves(query: Query, twin: Twin, shape: Shape): Promise<TwinProof> {
  const { number, uuid, isComplete, from } = halvesOf(twin, shape);
  const [row] = await query<Pick<TwinProof, 'rows' | 'numbers' | 'uuids' | 'incomplete' | 'underWay'>>(
    `SELECT count(*)::text AS rows, count(${number})::text AS numbers, count(${uuid})::text AS uuids,
            (count(*) FILTER (WHERE NOT (${isComplete})))::text AS incomplete,
            (SELECT count(DISTINCT "row_key") FROM ${WAITING_TABLE} WHERE "table_name" = $1 AND "column_name" = $2
                AND "since" > now() - make_interval(secs => ${PATIENCE_MS / 1_000}))::text AS "underWay"
       FROM ${from}`,
    [twin.table, twin.column],
  );
  const counts = row!;
  return {
    ...{ table: twin.table, column: twin.column, ...counts },
    ...{ wrong: '0', numberChecksum: '0', uuidChecksum: '0' },
    examples: isWaitedFor(counts) ? [] : await incompleteRows(query, twin, shape),
  };
}

interface Comparison extends Pick<TwinProof, 'numberChecksum' | 'uuidChecksum'> {
  /** References whose halves do not obviously agree. */
  readonly suspicious: string;
}

/**
 * Every number of every row beside the number that the map has for the UUID in its place. Rows that are not complete are left out while
 * counting, not by a condition: Postgres takes that for one that hardly a row meets, and would look everything up one by one.
 */
async function compareAtOnce(query: Query, twin: Twin, shape: Shape): Promise<Comparison> {
  const { number, uuid, isComplete, from } = halvesOf(twin, shape);
  const leaves = leavesOf(twin, number, uuid).map(
    ({ map, pairs }, index) =>
      `SELECT t.ctid AS place, hashint8extended(l."position", ${index}) AS position, l."n", l."u", m."number" AS back, ${isComplete} AS "isComplete"
         FROM ${from} CROSS JOIN LATERAL (${pairs}) AS l("n", "u", "position") LEFT JOIN ${idMapOf(map)} AS m ON m."uuid" = l."u"`,
  );
  const checksumOf = (reference: string) =>
    `coalesce(sum(hashtidextended(l.place, hashint8extended(${reference}, l.position))) FILTER (WHERE l."isComplete"), 0)::text`;
  const [row] = await query<Comparison>(
    `SELECT (count(*) FILTER (WHERE l."isComplete" AND (l."n" IS DISTINCT FROM l.back OR (l."n" IS NULL) <> (l."u" IS NULL))))::text AS suspicious,
            ${checksumOf('l."n"')} AS "numberChecksum", ${checksumOf('l.back')} AS "uuidChecksum"
       FROM (${leaves.join(' UNION ALL ')}) AS l`,
  );
  return row!;
}

async function haveSameFrames(query: Query, twin: Twin, shape: Shape): Promise<boolean> {
  if (twin.role === 'key') return true;
  const { number, uuid, isComplete, from } = halvesOf(twin, shape);
  const count = differentFrames(twin.references, { from, isComplete, halves: { numeric: number, uuid } });
  if (count === undefined) return true;
  const [row] = await query<{ places: string }>(count);
  return row!.places === '0';
}

/** For each reference in the column a query with the numbers of the one half beside the UUIDs of the other, by their places. */
function leavesOf(
  twin: Twin,
  number: string,
  uuid: string,
): { readonly map: string; readonly pairs: string }[] {
  if (twin.role === 'key') return [{ map: twin.table, pairs: onePair(number, uuid) }];
  return twin.references.map((reference) => ({
    map: reference.to,
    pairs: pairsOf(reference, number, uuid),
  }));
}

const onePair = (number: string, uuid: string) => `SELECT (${number})::bigint, (${uuid})::uuid, 0::bigint`;

function pairsOf(reference: Reference, number: string, uuid: string): string {
  switch (reference.kind) {
    case 'column':
      return onePair(number, uuid);
    case 'polymorphic': {
      const sql = referenceSql(reference, 't');
      return onePair(sql.numbersIn(number), sql.uuidsIn(uuid));
    }
    case 'array':
      return `SELECT * FROM unnest((${number})::bigint[], ${uuid}) WITH ORDINALITY`;
    case 'json':
      return pairsInDocuments(reference, { numeric: number, uuid });
  }
}

function pairsInDocuments({ path }: JsonReference, documents: BothHalves): string {
  const { ends, joined, position } = walkDocuments(documents, parseJsonPath(path));
  const { numberInJson, uuidInJson } = CONVERSION_FUNCTIONS;
  const from = joined.length === 0 ? '' : ` FROM ${joined.join(' CROSS JOIN ')}`;
  return `SELECT ${numberInJson}(${ends.numeric}), ${uuidInJson}(${ends.uuid}), ${position}${from}`;
}

type RowComparison = Pick<TwinProof, 'wrong' | 'numberChecksum' | 'uuidChecksum' | 'examples'>;

async function compareRows(query: Query, twin: Twin, shape: Shape): Promise<RowComparison> {
  const { number, uuid, isComplete, from } = halvesOf(twin, shape);
  const remade = `CASE
    WHEN ${uuid} IS NOT DISTINCT FROM (${fillExpression(twin, { source: 'numeric', shape, row: 't' })}) THEN ${number}::text
    ELSE (${fillExpression(twin, { source: 'uuid', shape, row: 't' })})::text END`;
  const rows = `SELECT t.ctid AS place, to_jsonb(t) AS row, ${number}::text AS number, ${remade} AS back FROM ${from} WHERE ${isComplete}`;
  const checksum = (value: string) =>
    `coalesce(sum(hashtidextended(r.place, hashtextextended(${value}, 0))), 0)::text`;
  const [row] = await query<RowComparison>(
    `SELECT (count(*) FILTER (WHERE r.number IS DISTINCT FROM r.back))::text AS wrong,
            ${checksum('r.number')} AS "numberChecksum", ${checksum('r.back')} AS "uuidChecksum",
            coalesce((array_agg(left(r.row::text, 200)) FILTER (WHERE r.number IS DISTINCT FROM r.back))[1:${EXAMPLES}], '{}') AS examples
       FROM (${rows}) AS r`,
  );
  return row!;
}

async function incompleteRows(query: Query, twin: Twin, shape: Shape): Promise<readonly string[]> {
  const { isComplete, from } = halvesOf(twin, shape);
  const rows = await query<{ example: string }>(
    `SELECT left(to_jsonb(t)::text, 200) AS example FROM ${from} WHERE NOT (${isComplete}) LIMIT ${EXAMPLES}`,
  );
  return rows.map(({ example }) => example);
}
