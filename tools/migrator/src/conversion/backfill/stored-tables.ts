/** What of a table is stored on its own: the table, or each of its partitions. */
import type { Query } from '../../pg/query';
import { quotedTable } from '../names';

export interface StoredTable {
  readonly oid: number;
  /** As in a declaration: `users`, `club.users`. */
  readonly name: string;
  readonly quoted: string;
  /** Of 8 kB, as of now. */
  readonly blocks: number;
  /** As of the last ANALYZE or vacuum, for the blocks of now; counted where there was none. */
  readonly rows: number;
}

const READ = `
  SELECT c.oid::integer AS "oid", format('%I.%I', n.nspname, c.relname) AS "quoted",
         CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS "name",
         (pg_relation_size(c.oid) / current_setting('block_size')::integer)::float8 AS "blocks",
         CASE WHEN c.reltuples >= 0 AND c.relpages > 0
              THEN c.reltuples / c.relpages * (pg_relation_size(c.oid) / current_setting('block_size')::integer) END::float8 AS "rows"
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE c.relkind = 'r'
     AND (c.oid = $1::regclass OR c.oid IN (SELECT p.relid FROM pg_partition_tree($1::regclass) AS p WHERE p.isleaf))
   ORDER BY c.oid`;

/** In the order in which they were made; none for a partitioned table without partitions. */
export async function storedTables(query: Query, table: string): Promise<StoredTable[]> {
  const found = await query<Omit<StoredTable, 'rows'> & { rows: number | null }>(READ, [quotedTable(table)]);
  const tables: StoredTable[] = [];
  for (const one of found) tables.push({ ...one, rows: one.rows ?? (await count(query, one.quoted)) });
  return tables;
}

async function count(query: Query, quoted: string): Promise<number> {
  const [row] = await query<{ rows: number }>(`SELECT count(*)::float8 AS "rows" FROM ${quoted}`);
  return row!.rows;
}
