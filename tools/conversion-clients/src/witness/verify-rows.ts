/**
 * Whether a conversion kept every row and every reference, as somebody says who took no part in it: the databases as they were
 * before, and the clients' ledger of what they wrote since.
 *
 * Rows that no client wrote are compared by count and checksum of (key, position, number), the UUIDs read back through the id map, and of
 * (key, columns that are not converted).
 * Rows that clients wrote are compared one by one with what the client that wrote them last knows; where the connection was lost before
 * the answer, with both things that it may have come to.
 */
import type { Client } from 'pg';
import { DATABASES, type DatabaseName, type DatabaseUrls } from '../client-group';
import { ConversionClientsError } from '../errors';
import type { LedgerRow } from '../requests/ledger';
import { loadLedger, STATES } from './load-ledger';
import { REFERENCES_OF_TABLES, type ReferencesOfTable } from './references-of-tables';
import { withSession } from './with-session';

export type RowShape = 'numeric' | 'uuid';

export interface RowsToVerify {
  /** Copies of the databases as they were before: with numbers. */
  readonly before: DatabaseUrls;
  readonly after: DatabaseUrls;
  /** What the plain names hold now, where one database is ahead of the other in each. */
  readonly shape: RowShape | Readonly<Record<DatabaseName, RowShape>>;
  /** A table (number, uuid) in the databases after, quoted as in SQL. Left out where nothing was converted. */
  readonly idMap?: string | Readonly<Partial<Record<DatabaseName, string>>>;
  /** What the clients wrote in between. */
  readonly written: readonly LedgerRow[];
}

export interface VerifiedTable {
  readonly table: string;
  /** That no client wrote. */
  readonly references: number;
  /** Of rows that clients wrote, compared one by one. */
  readonly written: number;
}

interface Digest {
  readonly references: string;
  readonly checksum: string;
}

const SHOWN_ROWS = 10;

/** @throws ConversionClientsError ROWS_DIFFER, with all the tables that do */
export async function verifyRows(rows: RowsToVerify): Promise<VerifiedTable[]> {
  const verified: VerifiedTable[] = [];
  const problems: string[] = [];
  for (const database of DATABASES) {
    const tables = REFERENCES_OF_TABLES.filter((references) => references.database === database);
    await withSession(rows.before[database], async (before) => {
      await loadLedger(before, rows.written);
      const asItWas = await readAsItWas(before, tables, rows.written);
      await withSession(rows.after[database], async (after) => {
        await loadLedger(after, rows.written, asItWas);
        for (const table of tables) {
          const found = await compareTable(before, after, table, rows);
          problems.push(...found.problems);
          verified.push(found.verified);
        }
      });
    });
  }
  if (problems.length === 0) return verified;
  throw new ConversionClientsError(
    'ROWS_DIFFER',
    `the conversion changed what it must keep:\n${problems.join('\n')}`,
  );
}

async function compareTable(
  before: Client,
  after: Client,
  { table, query, rest, database }: ReferencesOfTable,
  { shape: shapes, idMap: idMaps, written }: RowsToVerify,
): Promise<{ readonly verified: VerifiedTable; readonly problems: string[] }> {
  const shape = typeof shapes === 'string' ? shapes : shapes[database];
  const idMap = typeof idMaps === 'string' ? idMaps : idMaps?.[database];
  const read = resolved(query, shape, idMap);
  const [old, now] = [
    await digest(before, table, resolved(query, 'numeric')),
    await digest(after, table, read),
  ];
  const wrong = [...(await wronglyWritten(after, table, read)), ...(await impossible(after, table, read))];
  const hasSameRest =
    rest === undefined || (await restDigest(before, table, rest)) === (await restDigest(after, table, rest));
  const problems = [
    ...(old.references === now.references && old.checksum === now.checksum
      ? []
      : [
          `${table}: ${old.references} references that no client wrote had the checksum ${old.checksum}, ` +
            `now ${now.references} have ${now.checksum}`,
        ]),
    ...(hasSameRest
      ? []
      : [`${table}: rows that no client wrote differ in columns that are not converted at all`]),
    ...wrong.map((row) => `${table}: ${row}`),
  ];
  const ofTable = written.filter((row) => row.table === table && row.outcome === 'committed');
  return {
    verified: {
      table,
      references: Number(now.references),
      written: ofTable.reduce((sum, { references }) => sum + references.length, 0),
    },
    problems,
  };
}

/** (key, position, number, uuid): whatever the reference holds, with its other half by the map. `?` is before what has none. */
function resolved(query: string, shape: RowShape, idMap?: string): string {
  const known = shape === 'numeric' ? 'number' : 'uuid';
  const map =
    idMap === undefined ? `(SELECT NULL::bigint AS "number", NULL::uuid AS "uuid" WHERE false)` : idMap;
  const number =
    shape === 'numeric' ? '"r"."reference"' : `coalesce("m"."number"::text, '?' || "r"."reference")`;
  const uuid = shape === 'numeric' ? '"m"."uuid"::text' : '"r"."reference"';
  return `
    SELECT "r"."key", "r"."position", ${number} AS "number", ${uuid} AS "uuid"
      FROM (${query}) AS "r" LEFT JOIN ${map} AS "m" ON "m"."${known}"::text = "r"."reference"`;
}

async function digest(client: Client, table: string, read: string): Promise<Digest> {
  const { rows } = await client.query<Digest>(
    `SELECT count(*)::text AS "references",
            coalesce(sum(hashtextextended(concat_ws(E'\\t', "key", "position", coalesce("number", 'none')), 0)), 0)::text AS "checksum"
       FROM (${read}) AS "x"
      WHERE NOT EXISTS (SELECT FROM pg_temp."ledger" AS "l" WHERE "l"."table" = $1 AND "l"."key" = "x"."key")`,
    [table],
  );
  return rows[0]!;
}

async function restDigest(client: Client, table: string, rest: string): Promise<string> {
  const { rows } = await client.query<{ digest: string }>(
    `SELECT concat(count(*), ' ', sum(hashtextextended(concat_ws(E'\\t', "key", "rest"), 0))) AS "digest"
       FROM (${rest}) AS "x"
      WHERE NOT EXISTS (SELECT FROM pg_temp."ledger" AS "l" WHERE "l"."table" = $1 AND "l"."key" = "x"."key")`,
    [table],
  );
  return rows[0]!.digest;
}

/** Of the rows that clients wrote, those that are not as they know them. */
async function wronglyWritten(client: Client, table: string, read: string): Promise<string[]> {
  const { rows } = await client.query<{ problem: string }>(
    `WITH "known" AS (SELECT * FROM pg_temp."ledger" WHERE "table" = $1 AND "isCommitted"),
          "found" AS (SELECT * FROM (${read}) AS "x" WHERE "key" IN (SELECT "key" FROM "known"))
     SELECT format('%s refers to %s at place %s, and the client that wrote it says %s', coalesce("f"."key", "k"."key"),
                   coalesce("f"."number", 'nothing'), coalesce("f"."position", "k"."position"), coalesce("k"."reference", 'nothing')) AS "problem"
       FROM "found" AS "f" FULL JOIN "known" AS "k" ON "k"."key" = "f"."key" AND "k"."position" = "f"."position"
      WHERE ("k"."reference" IN ("f"."number", "f"."uuid")) IS NOT TRUE
      ORDER BY 1 LIMIT ${SHOWN_ROWS}`,
    [table],
  );
  return rows.map(({ problem }) => problem);
}

/** Of the rows that a client wrote or not, those that are neither what it wrote nor what they would be otherwise. */
async function impossible(client: Client, table: string, read: string): Promise<string[]> {
  const differs = (state: number) => `
    SELECT coalesce("f"."key", "k"."key") FROM "found" AS "f"
      FULL JOIN (SELECT * FROM "unknown" WHERE "state" = ${state} AND "position" IS NOT NULL) AS "k"
        ON "k"."key" = "f"."key" AND "k"."position" = "f"."position"
     WHERE ("k"."reference" IN ("f"."number", "f"."uuid")) IS NOT TRUE`;
  const { rows } = await client.query<{ problem: string }>(
    `WITH "unknown" AS (
            SELECT * FROM pg_temp."ledger" AS "l" WHERE "table" = $1 AND NOT "isCommitted"
               AND EXISTS (SELECT FROM pg_temp."ledger" AS "meant" WHERE "meant"."table" = $1 AND "meant"."key" = "l"."key"
                              AND "meant"."state" = ${STATES.written} AND "meant"."position" IS NOT NULL)),
          "found" AS (SELECT * FROM (${read}) AS "x" WHERE "key" IN (SELECT "key" FROM "unknown"))
     SELECT format('%s refers to %s, which is neither what the client meant to write nor what was there before', "key",
                   coalesce((SELECT string_agg(coalesce("f"."number", 'nothing'), ', ' ORDER BY "f"."position") FROM "found" AS "f" WHERE "f"."key" = "x"."key"), 'nothing')) AS "problem"
       FROM (${differs(STATES.written)} INTERSECT ${differs(STATES.otherwise)}) AS "x"("key")
      ORDER BY 1 LIMIT ${SHOWN_ROWS}`,
    [table],
  );
  return rows.map(({ problem }) => problem);
}

/** What rows had that somebody may have changed, or not. */
async function readAsItWas(
  before: Client,
  tables: readonly ReferencesOfTable[],
  written: readonly LedgerRow[],
): Promise<(table: string, key: string) => readonly string[]> {
  const known = new Map<string, string[]>();
  for (const { table, query } of tables) {
    const keys = written.flatMap((row) =>
      row.table === table && row.otherwise === 'as it was' ? [row.key] : [],
    );
    const { rows } = await before.query<{ key: string; references: string[] }>(
      `SELECT "key", array_agg("reference" ORDER BY "position") AS "references" FROM (${query}) AS "x" WHERE "key" = ANY ($1) GROUP BY "key"`,
      [keys],
    );
    for (const { key, references } of rows) known.set(`${table} ${key}`, references);
  }
  return (table, key) => known.get(`${table} ${key}`) ?? [];
}
