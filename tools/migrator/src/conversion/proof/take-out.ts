import { escapeIdentifier } from 'pg';
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion, Reference } from '../declaration';
import type { ConversionFacts } from '../inspect/facts';
import type { TableFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import { FILLING_SETTING } from '../pairing/pairing-names';
import { relaxedReferences } from '../pairing/relax-not-null';
import { danglingIn } from './dangling-locations';
import { placeOf } from './place-of';
import { inOrder, textArray, type Location } from './locations';
import { changingWith, rowKey, type RowKey } from './row-key';

/** Found by one reading of the table. */
const FOUND_AT_ONCE = 5_000;
/** In one transaction: some milliseconds, for which their rows are locked. */
const ROWS_AT_ONCE = 50;

export interface Dangling {
  readonly reference: Reference;
  /** When the id maps were known to be whole; see dangling.ts. */
  readonly asOf: string;
}

interface Work extends Dangling {
  readonly conversion: IdConversion;
  readonly table: TableFacts;
  readonly key: RowKey;
  readonly deletesRows: boolean;
}

/**
 * Looks whether the dangling references of one kind can be taken out as their declaration says; what it returns does it.
 * @throws MigratorError DANGLING_REFERENCES when they cannot
 */
export function takeOut(
  database: ConversionDatabase,
  conversion: IdConversion,
  facts: ConversionFacts,
  { reference, asOf }: Dangling,
): () => Promise<void> {
  const table = facts.tables[reference.table]!;
  const isWhole = reference.kind === 'column' || reference.kind === 'polymorphic';
  const deletesRows = isWhole && isRequired(conversion, facts, reference);
  if (deletesRows) refuseLosses(database.service, table, reference);
  const key = rowKey(table, changingWith(table, reference));
  const work: Work = { conversion, reference, asOf, table, key, deletesRows };
  return async () => {
    for (;;) {
      const keys = await database.query<{ key: unknown }>(
        `SELECT ${key.json} AS key FROM ${quotedTable(table.name)} t WHERE EXISTS (${danglingIn(reference, 't', asOf)}) LIMIT ${FOUND_AT_ONCE}`,
      );
      if (keys.length === 0) return;
      for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
        await database.transaction(async (query) => {
          // Not a client's writing: what is left of the row waits for nothing since now, and is filled with all others.
          await query(`SET LOCAL ${FILLING_SETTING} = 'on'`);
          for (const row of keys.slice(at, at + ROWS_AT_ONCE)) await settleRow(query, work, row.key);
        });
      }
    }
  };
}

function isRequired(conversion: IdConversion, facts: ConversionFacts, { table, column }: Reference): boolean {
  const isNotNull =
    facts.tables[table]?.columns.some(({ name, notNull }) => name === column && notNull) ?? false;
  return (
    isNotNull ||
    relaxedReferences(conversion, facts, 'numeric').some(
      ({ twin }) => twin.table === table && twin.column === column,
    )
  );
}

/** Rows that hang on those that would be deleted must not go with them in silence. */
function refuseLosses(service: string, table: TableFacts, reference: Reference): void {
  const place = placeOf(reference);
  if (reference.dangling === 'set-null') {
    throw new MigratorError(
      'DANGLING_REFERENCES',
      `${service}: ${place} cannot be made null, because the column must have a value. Drop its NOT NULL, or decide 'quarantine' ` +
        'about it, which keeps the whole rows aside.',
    );
  }
  const hanging = table.inbound.filter(({ constraint }) =>
    ['cascade', 'set null', 'set default'].includes(constraint.onDelete ?? ''),
  );
  if (hanging.length === 0) return;
  const who = hanging.map(({ table: other, constraint }) => `${other} (${constraint.name})`).join(', ');
  throw new MigratorError(
    'DANGLING_REFERENCES',
    `${service}: rows of ${table.name} would have to be kept aside as a whole, because ${place} must have a value, and rows of ${who} would be ` +
      'deleted or changed with them. Mend these references by hand, or drop the NOT NULL of the column.',
  );
}

async function settleRow(query: Query, work: Work, key: unknown): Promise<void> {
  const { conversion, reference, table, deletesRows, asOf } = work;
  const dangling = danglingIn(reference, 't', asOf);
  const [name, column] = [quotedTable(table.name), escapeIdentifier(reference.column)];
  const isThisRow = work.key.matches('$1::jsonb');
  const parameters = [JSON.stringify(key)];
  const [row] = await query<{
    part: string;
    place: string;
    whole: unknown;
    found: readonly Location[] | null;
  }>(
    `SELECT t.tableoid::text AS part, t.ctid::text AS place, to_jsonb(t) AS whole,
            (SELECT jsonb_agg(jsonb_build_object('path', d."path", 'number', d."number"::text, 'literal', ${literalAt(reference)})) FROM (${dangling}) d) AS found
       FROM ${name} t WHERE ${isThisRow} AND EXISTS (${dangling}) LIMIT 1 FOR UPDATE OF t`,
    parameters,
  );
  if (row === undefined || row.found === null) return;
  for (const value of deletesRows ? [{ row: row.whole }] : inOrder(row.found)) {
    await query(
      `INSERT INTO "id_conversion"."dangling" ("conversion", "table_name", "column_name", "reference", "row_key", "value", "decision")
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        conversion.name,
        table.name,
        reference.column,
        JSON.stringify(reference),
        JSON.stringify(key),
        JSON.stringify(value),
        reference.dangling,
      ],
    );
  }
  // Other partitions have rows at the same place.
  const isAtPlace = `t.ctid = '${row.place}'::tid AND t.tableoid = ${row.part}`;
  await query(
    deletesRows
      ? `DELETE FROM ${name} AS t WHERE ${isAtPlace}`
      : `UPDATE ${name} AS t SET ${column} = ${without(reference, row.found)} WHERE ${isAtPlace}`,
  );
}

/** A document may have its numbers as texts. */
const literalAt = ({ kind, column }: Reference) =>
  kind === 'json' ? `(t.${escapeIdentifier(column)} #> d."path")::text` : 'NULL';

/** The column's value without the numbers, or with null in their place. */
function without(reference: Reference, found: readonly Location[]): string {
  const value = `t.${escapeIdentifier(reference.column)}`;
  const setsNull = reference.dangling === 'set-null';
  if (reference.kind === 'array') {
    const positions = `ARRAY[${found.map(({ path }) => Number(path[0])).join(', ')}]::bigint[]`;
    const elements = `unnest(${value}) WITH ORDINALITY AS e("value", "position")`;
    return setsNull
      ? `ARRAY(SELECT CASE WHEN e."position" <> ALL (${positions}) THEN e."value" END FROM ${elements} ORDER BY e."position")`
      : `ARRAY(SELECT e."value" FROM ${elements} WHERE e."position" <> ALL (${positions}) ORDER BY e."position")`;
  }
  if (reference.kind !== 'json') return 'NULL';
  // From the last one on: what stands before it keeps its place.
  return [...inOrder(found)].reverse().reduce((document, { path }) => {
    const place = textArray(path);
    return setsNull ? `jsonb_set(${document}, ${place}, 'null')` : `(${document} #- ${place})`;
  }, value);
}
