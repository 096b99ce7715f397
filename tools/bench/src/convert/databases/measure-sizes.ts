import { DATABASES, type DatabaseUrls } from '@hockey-hub/conversion-clients';
import { withClient } from '../../databases';

/** A table or an index of the schema public. */
export interface ObjectSize {
  /** `user.sessions`, `training.IDX_...`. */
  readonly name: string;
  readonly kind: 'table' | 'index';
  /** Without what is stored aside because it is long. */
  readonly bytes: number;
  /** Of an index's columns: an index of numbers and one of UUIDs are not the same size. */
  readonly types: string;
}

export async function measureSizes(urls: DatabaseUrls): Promise<ObjectSize[]> {
  const sizes: ObjectSize[] = [];
  for (const database of DATABASES) {
    await withClient(urls[database], async (client) => {
      const { rows } = await client.query<ObjectSize>(
        `SELECT $1 || '.' || c.relname AS "name", CASE c.relkind WHEN 'r' THEN 'table' ELSE 'index' END AS "kind",
                pg_relation_size(c.oid)::float8 AS "bytes",
                CASE c.relkind WHEN 'r' THEN '' ELSE
                  (SELECT string_agg(format_type(a.atttypid, a.atttypmod), ',' ORDER BY a.attnum)
                     FROM pg_attribute a WHERE a.attrelid = c.oid) END AS "types"
           FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i')
          ORDER BY c.relname`,
        [database],
      );
      sizes.push(...rows);
    });
  }
  return sizes;
}
