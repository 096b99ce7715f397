/** A live database -> its `Catalog`, in one round trip and one snapshot. Reads only. */
import type { Query } from '../pg/query';
import { qualifiedName, type Catalog, type EnumType, type Sequence, type Table, type View } from './catalog';
import { NOT_OF_A_TOOL } from './tool-schemas';

/** What the catalog is about: nobody's extension, not the system, not the history of migrations. */
const SCHEMAS = NOT_OF_A_TOOL;
const RELATIONS = `${SCHEMAS} AND NOT (n.nspname = 'public' AND c.relname IN ('migrations', 'migrations_id_seq', 'typeorm_metadata'))`;
const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
const NAME = (relation: string) =>
  `(SELECT CASE sn.nspname WHEN 'public' THEN '' ELSE sn.nspname || '.' END || sc.relname
    FROM pg_class sc JOIN pg_namespace sn ON sn.oid = sc.relnamespace WHERE sc.oid = ${relation})`;
const COLUMNS_OF = (relation: string, numbers: string) =>
  `(SELECT coalesce(json_agg(ka.attname ORDER BY key.position), '[]')
    FROM unnest(${numbers}) WITH ORDINALITY AS key(number, position)
    JOIN pg_attribute ka ON ka.attrelid = ${relation} AND ka.attnum = key.number)`;

const COLUMNS = `
  SELECT json_agg(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
    'enum', (SELECT CASE en.nspname WHEN 'public' THEN '' ELSE en.nspname || '.' END || e.typname
             FROM pg_type e JOIN pg_namespace en ON en.oid = e.typnamespace
             WHERE e.typtype = 'e' AND e.oid IN (t.oid, t.typelem)),
    'default', CASE a.attgenerated WHEN '' THEN pg_get_expr(d.adbin, d.adrelid) END,
    'generated', CASE a.attgenerated WHEN '' THEN NULL ELSE pg_get_expr(d.adbin, d.adrelid) END,
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
    'collation', (SELECT quote_ident(nc.nspname) || '.' || quote_ident(co.collname)
                  FROM pg_collation co JOIN pg_namespace nc ON nc.oid = co.collnamespace
                  WHERE co.oid = a.attcollation AND a.attcollation <> t.typcollation),
    'comment', col_description(a.attrelid, a.attnum)) ORDER BY a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;

// Postgres 18 keeps NOT NULL as constraints of their own ('n'); here it is a property of the column, as in 15.
const CONSTRAINTS = `
  SELECT json_agg(json_build_object(
    'name', k.conname, 'definition', regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''),
    'kind', CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check'
                           WHEN 'f' THEN 'foreign key' ELSE 'exclusion' END,
    'columns', ${COLUMNS_OF('k.conrelid', 'k.conkey')},
    'references', CASE k.contype WHEN 'f' THEN json_build_object(
      'table', ${NAME('k.confrelid')}, 'columns', ${COLUMNS_OF('k.confrelid', 'k.confkey')}) END,
    'validated', k.convalidated) ORDER BY k.conname COLLATE "C")
  FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'c', 'f', 'x')`;

const INDEXES = `
  SELECT json_agg(json_build_object(
    'name', ic.relname, 'definition', pg_get_indexdef(i.indexrelid), 'unique', i.indisunique, 'valid', i.indisvalid,
    'hasExpression', i.indexprs IS NOT NULL OR i.indpred IS NOT NULL,
    'columns', (SELECT json_agg(a.attname ORDER BY k.position)
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, position)
                LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
                WHERE k.position <= i.indnkeyatts),
    'dependsOn', (SELECT coalesce(json_agg(DISTINCT a.attname), '[]') FROM pg_attribute a
                  WHERE a.attrelid = i.indrelid AND (a.attnum = ANY (i.indkey::int2[]) OR EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                      AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum)) AND a.attnum > 0))
    ORDER BY ic.relname COLLATE "C")
  FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
  WHERE i.indrelid = c.oid
    AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))`;

const TABLES = `
  SELECT json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'columns', coalesce((${COLUMNS}), '[]'),
    'constraints', coalesce((${CONSTRAINTS}), '[]'), 'indexes', coalesce((${INDEXES}), '[]'),
    'comment', obj_description(c.oid, 'pg_class')))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND ${RELATIONS} AND ${notOfExtension('pg_class', 'c.oid')}`;

const ENUMS = `
  SELECT json_agg(json_build_object('schema', n.nspname, 'name', t.typname, 'labels',
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)))
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'e' AND ${SCHEMAS} AND ${notOfExtension('pg_type', 't.oid')}`;

const SEQUENCES = `
  SELECT json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'type', format_type(s.seqtypid, NULL),
    'ownedBy', (SELECT json_build_object('table', ${NAME('d.refobjid')}, 'column', a.attname)
                FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a')))
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${RELATIONS} AND ${notOfExtension('pg_class', 'c.oid')}
    AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid AND i.deptype = 'i')`;

const VIEW_KIND = `CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END`;
const GRANTEE = `CASE p.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.grantee)) END`;
const GRANT_OPTION = `CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;

/** What else a view has, as the statements that give it back: it is lost where a view is made again. */
const ATTACHED = `
  SELECT pg_get_triggerdef(g.oid) AS statement FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal
  UNION ALL
  SELECT rtrim(pg_get_ruledef(w.oid), ';') FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN'
  UNION ALL
  SELECT format('ALTER %s %I.%I SET (%s)', ${VIEW_KIND}, n.nspname, c.relname, array_to_string(c.reloptions, ', '))
  WHERE c.reloptions IS NOT NULL
  UNION ALL
  SELECT format('ALTER VIEW %I.%I ALTER COLUMN %I SET DEFAULT %s', n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid))
  FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid
  UNION ALL
  SELECT format('COMMENT ON COLUMN %I.%I.%I IS %L', n.nspname, c.relname, a.attname, col_description(c.oid, a.attnum))
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND col_description(c.oid, a.attnum) IS NOT NULL
  UNION ALL
  SELECT format('GRANT %s (%I) ON %I.%I TO %s%s', p.privilege_type, a.attname, n.nspname, c.relname, ${GRANTEE}, ${GRANT_OPTION})
  FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) p WHERE a.attrelid = c.oid AND p.grantee <> c.relowner
  UNION ALL
  SELECT format('COMMENT ON %s %I.%I IS %L', ${VIEW_KIND},
                n.nspname, c.relname, obj_description(c.oid, 'pg_class'))
  WHERE obj_description(c.oid, 'pg_class') IS NOT NULL
  UNION ALL
  SELECT format('GRANT %s ON %I.%I TO %s%s', p.privilege_type, n.nspname, c.relname,
                ${GRANTEE}, ${GRANT_OPTION})
  FROM aclexplode(c.relacl) p WHERE p.grantee <> c.relowner`;

const VIEWS = `
  SELECT json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'materialized', c.relkind = 'm',
    'definition', rtrim(pg_get_viewdef(c.oid), ';'),
    'indexes', (SELECT coalesce(json_agg(pg_get_indexdef(i.indexrelid) ORDER BY i.indexrelid::regclass::text COLLATE "C"), '[]')
                FROM pg_index i WHERE i.indrelid = c.oid),
    'attached', (SELECT coalesce(json_agg(t.statement ORDER BY t.statement COLLATE "C"), '[]') FROM (${ATTACHED}) t),
    'reads', (SELECT coalesce(json_agg(json_build_array(${NAME('r.oid')}, r.columns)), '[]') FROM (
      SELECT d.refobjid AS oid, json_agg(DISTINCT a.attname) FILTER (WHERE a.attname IS NOT NULL) AS columns
      FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
      WHERE w.ev_class = c.oid GROUP BY d.refobjid) r)))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND ${RELATIONS} AND ${notOfExtension('pg_class', 'c.oid')}`;

const CATALOG = `SELECT (${TABLES}) AS tables, (${ENUMS}) AS enums, (${SEQUENCES}) AS sequences, (${VIEWS}) AS views`;

interface CatalogRow {
  readonly tables:
    | readonly (Omit<Table, 'constraints' | 'indexes'> & {
        readonly constraints: readonly Table['constraints'][string][];
        readonly indexes: readonly Table['indexes'][string][];
      })[]
    | null;
  readonly enums: readonly EnumType[] | null;
  readonly sequences: readonly Sequence[] | null;
  readonly views:
    | readonly (Omit<View, 'reads'> & { readonly reads: readonly [string, readonly string[] | null][] })[]
    | null;
}

/** A role or a database may have a search_path of its own, and names are printed relative to it. For the rest of the session. */
export async function useDefaultPath(query: Query): Promise<void> {
  await query(`SELECT set_config('search_path', 'public', false)`);
}

/** Names in expressions are printed relative to the session's search_path: see `useDefaultPath`. */
export async function readCatalog(query: Query): Promise<Catalog> {
  const [row] = await query<CatalogRow>(CATALOG);
  const { tables, enums, sequences, views } = row!;
  return {
    tables: byName(
      (tables ?? []).map((table) => ({
        ...table,
        constraints: Object.fromEntries(table.constraints.map((constraint) => [constraint.name, constraint])),
        indexes: Object.fromEntries(table.indexes.map((index) => [index.name, index])),
      })),
    ),
    enums: byName(enums ?? []),
    sequences: byName(sequences ?? []),
    views: byName(
      (views ?? []).map((view) => ({
        ...view,
        reads: Object.fromEntries(view.reads.map(([relation, columns]) => [relation, columns ?? []])),
      })),
    ),
  };
}

function byName<T extends { readonly schema: string; readonly name: string }>(
  things: readonly T[],
): Record<string, T> {
  const named = things.map((thing) => [qualifiedName(thing), thing] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}
