/** What `decideDangling` took out comes back to where it was; for `down`. */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion, Reference } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import { readFacts } from '../inspect/read-facts';
import type { TableFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { twinsByTable } from '../twins';
import { textArray, type Location } from './locations';
import { changingWith, rowKey } from './row-key';

/** In one transaction. */
const RECORDS_AT_ONCE = 50;

interface DanglingRecord {
  readonly id: string;
  readonly reference: Reference;
  readonly row_key: unknown;
  readonly value: Location | { readonly row: unknown };
  readonly decision: 'quarantine' | 'set-null';
}

/**
 * In the shape numeric. A row that a client has deleted since, or a place in it that has a value again, stays as it is: its record goes.
 * Repeatable.
 */
export async function bringBackDangling(
  database: ConversionDatabase,
  conversion: IdConversion,
): Promise<void> {
  const facts = await readFacts(database.query, conversion);
  for (;;) {
    const count = await database.transaction(async (query) => {
      // In the order in which they were taken out, which is that of their places.
      const records = await query<DanglingRecord>(
        `SELECT "id"::text AS id, "reference", "row_key", "value", "decision" FROM "id_conversion"."dangling"
          WHERE "conversion" = $1 ORDER BY "dangling"."id" LIMIT ${RECORDS_AT_ONCE}`,
        [conversion.name],
      );
      for (const record of records) await bringBack(query, conversion, facts, record);
      await query(`DELETE FROM "id_conversion"."dangling" WHERE "id" = ANY ($1::bigint[])`, [
        records.map(({ id }) => id),
      ]);
      return records.length;
    });
    if (count < RECORDS_AT_ONCE) return;
  }
}

async function bringBack(
  query: Query,
  conversion: IdConversion,
  facts: ConversionFacts,
  { reference, row_key, value, decision }: DanglingRecord,
): Promise<void> {
  const table = facts.tables[reference.table];
  if (table === undefined) return;
  if ('row' in value) return insertRow(query, conversion, table, value.row);
  const key = rowKey(table, changingWith(table, reference));
  const { assigned, unless } = restored(reference, value, decision);
  const column = escapeIdentifier(reference.column);
  await query(
    `UPDATE ${quotedTable(table.name)} AS t SET ${column} = ${assigned}
       FROM (SELECT t.tableoid AS part, t.ctid AS place FROM ${quotedTable(table.name)} t
              WHERE ${key.matches('$1::jsonb')} AND NOT (${unless}) LIMIT 1) AS one
      WHERE t.ctid = one.place AND t.tableoid = one.part`,
    [JSON.stringify(row_key)],
  );
}

/** The value with the number in its place; and when that place is taken. */
function restored(
  reference: Reference,
  { path, number, literal }: Location,
  decision: DanglingRecord['decision'],
) {
  const value = `t.${escapeIdentifier(reference.column)}`;
  switch (reference.kind) {
    case 'column':
      return { assigned: number, unless: `${value} IS NOT NULL` };
    case 'polymorphic':
      return { assigned: escapeLiteral(number), unless: `${value} IS NOT NULL` };
    case 'array': {
      const at = Number(path[0]);
      const rest = decision === 'set-null' ? at + 1 : at;
      return {
        assigned: `${value}[:${at - 1}] || ARRAY[${number}] || ${value}[${rest}:]`,
        unless:
          decision === 'set-null'
            ? `${value}[${at}] IS NOT NULL OR cardinality(${value}) < ${at}`
            : `${value} IS NULL`,
      };
    }
    case 'json': {
      const place = textArray(path);
      const isElement = /^\d+$/.test(path.at(-1) ?? '') && reference.path.endsWith('[*]');
      const there = `${value} #> ${place}`;
      const leaf = escapeLiteral(literal ?? number);
      if (decision === 'set-null') {
        return {
          assigned: `jsonb_set(${value}, ${place}, ${leaf}, false)`,
          unless: `jsonb_typeof(${there}) IS DISTINCT FROM 'null'`,
        };
      }
      return isElement
        ? { assigned: `jsonb_insert(${value}, ${place}, ${leaf})`, unless: 'false' }
        : { assigned: `jsonb_set(${value}, ${place}, ${leaf})`, unless: `${there} IS NOT NULL` };
    }
  }
}

/** Without the halves that the pairing makes, and those columns that Postgres computes. */
async function insertRow(
  query: Query,
  conversion: IdConversion,
  table: TableFacts,
  row: unknown,
): Promise<void> {
  const plain = new Set((twinsByTable(conversion).get(table.name) ?? []).map(({ column }) => column));
  const columns = table.columns
    .filter(
      ({ name, generated }) =>
        generated === null && (plain.has(name) || ![...plain].some((each) => name === `${each}_uuid`)),
    )
    .map(({ name }) => escapeIdentifier(name))
    .join(', ');
  await query(
    `INSERT INTO ${quotedTable(table.name)} (${columns}) OVERRIDING SYSTEM VALUE
     SELECT ${columns} FROM jsonb_populate_record(NULL::${quotedTable(table.name)}, $1::jsonb) ON CONFLICT DO NOTHING`,
    [JSON.stringify(row)],
  );
}
