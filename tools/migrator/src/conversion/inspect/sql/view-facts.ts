/** The views that read a table of `target`, directly or through others: the query's own WITH RECURSIVE names them `reader`. */
import { GRANTEE, grantsOf, isOwnedBy, nameOf, readsOf } from './pieces';

/** Views in the schemas of conversions ($2) are not the service's. */
export const READERS = `
  SELECT w.ev_class AS oid FROM pg_rewrite w JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
  JOIN pg_namespace vn ON vn.oid = v.relnamespace AND vn.nspname <> ALL ($2)
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
  WHERE d.refobjid <> w.ev_class AND d.refobjid`;

const KIND = `CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END`;
const PLACE = `format('%I.%I', n.nspname, c.relname)`;
const OPTION = `CASE WHEN p.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;

const ATTACHED = `
  SELECT 1 AS step, format('ALTER %s %s SET (%s)', ${KIND}, ${PLACE}, array_to_string(c.reloptions, ', ')) AS statement
  WHERE c.reloptions IS NOT NULL
  UNION ALL
  SELECT 2, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', ${PLACE}, a.attname, pg_get_expr(f.adbin, f.adrelid))
  FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum WHERE f.adrelid = c.oid
  UNION ALL
  SELECT 3, rtrim(pg_get_ruledef(w.oid), ';') FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN'
  UNION ALL
  SELECT 4, pg_get_triggerdef(g.oid) FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal
  UNION ALL
  SELECT 5, format('COMMENT ON %s %s IS %L', ${KIND}, ${PLACE}, obj_description(c.oid, 'pg_class'))
  WHERE obj_description(c.oid, 'pg_class') IS NOT NULL
  UNION ALL
  SELECT 6, format('COMMENT ON COLUMN %s.%I IS %L', ${PLACE}, a.attname, col_description(c.oid, a.attnum))
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND col_description(c.oid, a.attnum) IS NOT NULL
  UNION ALL
  SELECT 7, format('GRANT %s ON %s TO %s%s', p.privilege_type, ${PLACE}, ${GRANTEE}, ${OPTION})
  FROM aclexplode(c.relacl) p WHERE p.grantee <> c.relowner
  UNION ALL
  SELECT 8, format('GRANT %s (%I) ON %s TO %s%s', p.privilege_type, a.attname, ${PLACE}, ${GRANTEE}, ${OPTION})
  FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) p WHERE a.attrelid = c.oid AND p.grantee <> c.relowner`;

export const VIEWS = `
  SELECT json_agg(json_build_object(
    'name', ${nameOf('c.oid')}, 'schema', n.nspname, 'relation', c.relname, 'isMaterialized', c.relkind = 'm',
    'definition', rtrim(pg_get_viewdef(c.oid), ';'),
    'columns', (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
                FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'reads', (SELECT ${readsOf('pg_rewrite', 'w.oid', 'c.oid')} FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename = '_RETURN'),
    'options', coalesce(to_json(c.reloptions), '[]'),
    'indexes', (SELECT coalesce(json_agg(json_build_object('name', ic.relname, 'definition', pg_get_indexdef(i.indexrelid))
                                         ORDER BY ic.relname COLLATE "C"), '[]')
                FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid),
    'isPopulated', c.relispopulated,
    'attached', (SELECT coalesce(json_agg(t.statement ORDER BY t.step, t.statement COLLATE "C"), '[]') FROM (${ATTACHED}) t),
    'grants', ${grantsOf('c.relacl', 'c.relowner')},
    'owner', pg_get_userbyid(c.relowner), 'isOwned', ${isOwnedBy('c.relowner')}) ORDER BY ${nameOf('c.oid')} COLLATE "C")
  FROM reader r JOIN pg_class c ON c.oid = r.oid JOIN pg_namespace n ON n.oid = c.relnamespace`;
