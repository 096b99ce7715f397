/** What is there at this moment, whatever the facts said: a run that was killed may have made a part of it. */
import type { Query } from '../../pg/query';
import { quotedTable, schemaAndName } from '../names';

/** Of the index called `name` in the schema of `table`. An index that was not finished is invalid. */
export async function indexState(
  query: Query,
  table: string,
  name: string,
): Promise<'missing' | 'invalid' | 'valid'> {
  const [schema] = schemaAndName(table);
  const [row] = await query<{ valid: boolean }>(
    `SELECT i.indisvalid AND i.indisready AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2`,
    [schema, name],
  );
  if (row === undefined) return 'missing';
  return row.valid ? 'valid' : 'invalid';
}

/** Of the constraint called `name` of `table`; one that only holds for new rows is unproven. */
export async function constraintState(
  query: Query,
  table: string,
  name: string,
): Promise<'missing' | 'unproven' | 'proven'> {
  const [row] = await query<{ proven: boolean }>(
    `SELECT convalidated AS proven FROM pg_constraint WHERE conrelid = $1::regclass AND conname = $2`,
    [quotedTable(table), name],
  );
  if (row === undefined) return 'missing';
  return row.proven ? 'proven' : 'unproven';
}

/** False as well when there is no such column. */
export async function isNotNull(query: Query, table: string, column: string): Promise<boolean> {
  const [row] = await query<{ notNull: boolean }>(
    `SELECT attnotnull AS "notNull" FROM pg_attribute WHERE attrelid = $1::regclass AND attname = $2 AND NOT attisdropped`,
    [quotedTable(table), column],
  );
  return row?.notNull ?? false;
}

export async function hasStatistics(query: Query, schema: string, name: string): Promise<boolean> {
  const rows = await query(
    `SELECT FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE n.nspname = $1 AND s.stxname = $2`,
    [schema, name],
  );
  return rows.length > 0;
}
