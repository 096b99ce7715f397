import type { Query } from '../../pg/query';
import { quotedTable } from '../names';
import { twinNames, type Twin } from '../twins';

/**
 * Whether a fill of this column has ended, and none is under way: then every row that can have both halves has them. Of a partitioned
 * table, whether that is so for each of its partitions.
 */
export async function isFilled(query: Query, conversion: string, twin: Twin): Promise<boolean> {
  const names = [twinNames(twin, 'numeric').uuid, twinNames(twin, 'uuid').numeric];
  const [row] = await query<{ filled: boolean }>(
    `SELECT coalesce(bool_and(stored."filled"), true) AS "filled" FROM (
       SELECT (SELECT coalesce(bool_and(t."ended_at" IS NOT NULL), false) FROM "id_conversion"."tasks" t
                WHERE t."conversion" = $1 AND t."kind" = 'twins' AND t."columns" && $3::text[]
                  AND t."table_name" = CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname) AS "filled"
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND (c.oid = $2::regclass
           OR c.oid IN (SELECT p.relid FROM pg_partition_tree($2::regclass) AS p WHERE p.isleaf))) AS stored`,
    [conversion, quotedTable(twin.table), names],
  );
  return row!.filled;
}
