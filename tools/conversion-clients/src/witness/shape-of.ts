import { DATABASES, type DatabaseUrls } from '../client-group';
import { withSession } from './with-session';

/**
 * What a conversion left, a line for each fact: columns, indexes, keys and rules, views. Not the order of columns, nor
 * defaults, in which two right conversions may differ, nor what a migrator keeps for itself.
 */
const FACTS = `
  SELECT format('column %s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'required' ELSE '' END) AS "fact"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
     AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
  UNION ALL
  SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
   WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid IS DISTINCT FROM to_regclass('public.migrations')
  UNION ALL
  SELECT format('view %s', viewname) FROM pg_views WHERE schemaname = 'public'`;

/** The facts of both databases; two right conversions of the same club leave the same. */
export async function shapeOf(urls: DatabaseUrls): Promise<ReadonlySet<string>> {
  const facts = new Set<string>();
  for (const database of DATABASES) {
    await withSession(urls[database], async (client) => {
      const { rows } = await client.query<{ fact: string }>(FACTS);
      for (const { fact } of rows) facts.add(`${database}: ${fact.trim()}`);
    });
  }
  return facts;
}
