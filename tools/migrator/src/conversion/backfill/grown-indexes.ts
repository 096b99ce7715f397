/**
 * Indexes that a fill has made larger. Every fifth row or so finds no room on its page, and its new version is entered into every index of
 * the table; an index in the order of the rows takes the old entries' places, one in random order (of UUIDs, of tokens) splits its pages and
 * can double. Those are built again, while everybody reads and writes; others are left alone.
 */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import { runOnline, withRetries } from '../constraints/run-online';
import { twinColumns, type TwinColumns } from '../constraints/sides';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { IndexFacts, TableFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import type { Shape } from '../twins';

/** Larger than this, new rows apart, and it is worth the work. */
const GROWN = 1.15;
/** 1 MB: nobody notices twice of less. */
const LEAST_BYTES = 1024 * 1024;

/** Before anything is filled; what is remembered stays. */
export async function rememberIndexSizes(
  query: Query,
  conversion: string,
  { tables }: ConversionFacts,
): Promise<void> {
  for (const table of Object.values(tables)) {
    await query(
      `INSERT INTO "id_conversion"."index_sizes" ("conversion", "index_name", "bytes", "rows")
       SELECT $1, i.indexrelid::regclass::text, pg_relation_size(i.indexrelid), greatest(c.reltuples, 1)
         FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
        WHERE i.indrelid = $2::regclass ON CONFLICT DO NOTHING`,
      [conversion, quotedTable(table.name)],
    );
  }
}

/**
 * Builds again what has grown and stays: what has converted columns goes with one of the sides. Repeatable, and may be broken off.
 * @param facts in the shape `shape`; the tables are analyzed
 * @returns the names of the indexes
 */
export async function rebuildGrownIndexes(
  { query }: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): Promise<readonly string[]> {
  const rebuilt: string[] = [];
  for (const [name, twins] of twinColumns(conversion, shape)) {
    const table = facts.tables[name];
    if (table === undefined) continue;
    for (const index of unconverted(table, twins)) {
      if (!(await hasGrown(query, conversion.name, table, index))) continue;
      await rebuild(query, table, index);
      rebuilt.push(index.name);
    }
  }
  return rebuilt;
}

/** An exclusion constraint's cannot be built online. */
function unconverted(table: TableFacts, twins: TwinColumns): readonly IndexFacts[] {
  const converted = new Set([...twins.keys(), ...twins.values()]);
  const exclusions = new Set(
    table.constraints.flatMap(({ kind, index }) => (kind === 'exclusion' ? [index] : [])),
  );
  return table.isPartitioned
    ? []
    : table.indexes.filter(
        ({ name, dependsOn, isValid }) =>
          isValid && !dependsOn.some((column) => converted.has(column)) && !exclusions.has(name),
      );
}

const quotedIndex = ({ schema }: TableFacts, index: string) =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(index)}`;

async function hasGrown(
  query: Query,
  conversion: string,
  table: TableFacts,
  { name }: IndexFacts,
): Promise<boolean> {
  const [row] = await query<{ hasGrown: boolean }>(
    `SELECT pg_relation_size(c.oid) >= ${LEAST_BYTES} AND pg_relation_size(c.oid) > ${GROWN} * s."bytes" * greatest(1, t.reltuples / s."rows") AS "hasGrown"
       FROM "id_conversion"."index_sizes" AS s JOIN pg_class AS c ON c.oid::regclass::text = s."index_name"
       JOIN pg_index AS i ON i.indexrelid = c.oid JOIN pg_class AS t ON t.oid = i.indrelid
      WHERE s."conversion" = $1 AND c.oid = $2::regclass`,
    [conversion, quotedIndex(table, name)],
  );
  return row?.hasGrown ?? false;
}

async function rebuild(query: Query, table: TableFacts, { name }: IndexFacts): Promise<void> {
  await withRetries(async () => {
    await dropLeftovers(query, table, name);
    await runOnline(query, `REINDEX INDEX CONCURRENTLY ${quotedIndex(table, name)}`);
  });
}

/**
 * What a rebuild that was broken off left: `<name>_ccnew` or `<name>_ccold`, shortened from the middle if need be, and invalid.
 * https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY
 */
async function dropLeftovers(query: Query, table: TableFacts, index: string): Promise<void> {
  const leftovers = await query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
      WHERE i.indrelid = $1::regclass AND NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
        AND starts_with($2, regexp_replace(c.relname, '_cc(new|old)[0-9]*$', ''))`,
    [quotedTable(table.name), index],
  );
  for (const { name } of leftovers) {
    await runOnline(query, `DROP INDEX CONCURRENTLY IF EXISTS ${quotedIndex(table, name)}`);
  }
}
