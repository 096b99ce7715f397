/** Indexes and constraints of the relation `c`, and the foreign keys that point at it. */
import { columnNames, dependsOn, nameOf } from './pieces';

const action = (code: string) => `
  CASE WHEN k.contype = 'f' THEN CASE ${code} WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
    WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' END END`;

/** The columns in the constraint's order; those of an exclusion's expressions and predicate come after. */
const COLUMNS_OF_CONSTRAINT = `
  CASE WHEN k.contype = 'x' THEN (
    SELECT coalesce(json_agg(xa.attname ORDER BY array_position(k.conkey, xa.attnum) NULLS LAST, xa.attnum), '[]')
    FROM pg_attribute xa WHERE xa.attrelid = k.conrelid AND xa.attnum > 0 AND (xa.attnum = ANY (k.conkey) OR EXISTS (
      SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = k.conindid AND d.refobjid = k.conrelid
        AND d.refobjsubid = xa.attnum)))
  ELSE ${columnNames('k.conrelid', 'k.conkey')} END`;

const CONSTRAINT = `json_build_object(
    'name', k.conname, 'definition', regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''),
    'kind', CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check'
                           WHEN 'f' THEN 'foreign key' ELSE 'exclusion' END,
    'columns', ${COLUMNS_OF_CONSTRAINT},
    'expression', pg_get_expr(k.conbin, k.conrelid),
    'references', CASE k.contype WHEN 'f' THEN json_build_object(
      'table', ${nameOf('k.confrelid')}, 'columns', ${columnNames('k.confrelid', 'k.confkey')}) END,
    'onDelete', ${action('k.confdeltype')}, 'onUpdate', ${action('k.confupdtype')},
    'setOnDelete', ${columnNames('k.conrelid', 'k.confdelsetcols')}, 'isMatchFull', k.confmatchtype = 'f',
    'index', (SELECT ki.relname FROM pg_class ki WHERE ki.oid = k.conindid),
    'deferrable', k.condeferrable, 'initiallyDeferred', k.condeferred, 'validated', k.convalidated,
    'isEnforced', coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true), 'noInherit', k.connoinherit AND k.contype = 'c',
    'isTemporal', coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false),
    'parent', CASE WHEN k.conparentid <> 0 THEN (SELECT parent.conname FROM pg_constraint parent WHERE parent.oid = k.conparentid)
                   WHEN k.contype = 'c' AND k.coninhcount > 0 THEN k.conname END,
    'comment', obj_description(k.oid, 'pg_constraint'))`;

export const CONSTRAINTS = `
  SELECT json_agg(${CONSTRAINT} ORDER BY k.conname COLLATE "C")
  FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'c', 'f', 'x')`;

/** Those that a partition has from its parent are the parent's. */
export const INBOUND = `
  SELECT json_agg(json_build_object('table', ${nameOf('k.conrelid')}, 'constraint', ${CONSTRAINT})
                  ORDER BY ${nameOf('k.conrelid')} COLLATE "C", k.conname COLLATE "C")
  FROM pg_constraint k WHERE k.confrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0`;

// The index's own attribute has the collation and the options of its operator class.
const KEYS = `(
  SELECT json_agg(json_build_object(
    'column', a.attname, 'expression', pg_get_indexdef(i.indexrelid, key.place, true),
    'operatorClass', CASE WHEN NOT o.opcdefault OR ia.attoptions IS NOT NULL THEN
      quote_ident(onn.nspname) || '.' || quote_ident(o.opcname) || coalesce((
        SELECT '(' || string_agg(quote_ident(split_part(option, '=', 1)) || '=' || quote_literal(substr(option, strpos(option, '=') + 1)), ', ') || ')'
        FROM unnest(ia.attoptions) option), '') END,
    'collation', (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                  FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                  WHERE co.oid = i.indcollation[key.place - 1] AND co.oid <> coalesce(a.attcollation, 100)),
    'isDescending', i.indoption[key.place - 1] & 1 = 1, 'hasNullsFirst', i.indoption[key.place - 1] & 2 = 2) ORDER BY key.place)
  FROM generate_series(1, i.indnkeyatts::int) AS key(place)
  JOIN pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = key.place
  JOIN pg_opclass o ON o.oid = i.indclass[key.place - 1] JOIN pg_namespace onn ON onn.oid = o.opcnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[key.place - 1] AND a.attnum > 0)`;

const DEPENDS_ON = `(
  SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
  WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND (a.attnum = ANY (i.indkey::int2[])
    OR to_jsonb(a.attname) <@ (${dependsOn('pg_class', 'i.indexrelid', 'i.indrelid')})::jsonb))`;

const OWN_NAMES_OF = `(
  SELECT coalesce(json_agg(a.attname ORDER BY ia.attnum), '[]')
  FROM pg_attribute ia JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[ia.attnum - 1] AND a.attnum > 0
  WHERE ic.relkind = 'I' AND ia.attrelid = i.indexrelid AND NOT EXISTS (
    SELECT FROM pg_partition_tree(i.indexrelid) tree JOIN pg_attribute pa ON pa.attrelid = tree.relid AND pa.attnum = ia.attnum
    WHERE pa.attname <> a.attname))`;

export const INDEXES = `
  SELECT json_agg(json_build_object(
    'name', ic.relname, 'definition', pg_get_indexdef(i.indexrelid), 'method', am.amname,
    'unique', i.indisunique, 'primary', i.indisprimary, 'nullsNotDistinct', i.indnullsnotdistinct,
    'constraint', (SELECT o.conname FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.conrelid = c.oid
                   AND o.contype IN ('p', 'u', 'x')),
    'keys', ${KEYS},
    'include', ${columnNames('i.indrelid', '(i.indkey::int2[])[i.indnkeyatts : i.indnatts]')},
    'ownNamesOf', ${OWN_NAMES_OF}, 'dependsOn', ${DEPENDS_ON}, 'predicate', pg_get_expr(i.indpred, i.indrelid),
    'options', coalesce(to_json(ic.reloptions), '[]'),
    'tablespace', (SELECT quote_ident(spcname) FROM pg_tablespace s WHERE s.oid = ic.reltablespace),
    'isValid', i.indisvalid, 'isImmediate', i.indimmediate, 'isReplicaIdentity', i.indisreplident, 'isClustered', i.indisclustered,
    'parent', (SELECT parent.relname FROM pg_inherits h JOIN pg_class parent ON parent.oid = h.inhparent WHERE h.inhrelid = i.indexrelid),
    'comment', obj_description(i.indexrelid, 'pg_class')) ORDER BY ic.relname COLLATE "C")
  FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
  WHERE i.indrelid = c.oid`;
