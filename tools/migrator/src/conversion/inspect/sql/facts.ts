/** One statement that reads all facts, in one snapshot. $1: `[{schema, relation}]` of the relations that the declaration
 * names; $2: the schemas of conversions, whose views are not the service's. */
import {
  FUNCTIONS,
  OTHER_POLICIES,
  POLICIES,
  PUBLICATIONS,
  ROW_TYPE_USED_BY,
  RULES,
  STATISTICS,
  TRIGGERS,
} from './attached-facts';
import { COLUMNS, PARTITION_KEY, SEQUENCES } from './column-facts';
import { CONSTRAINTS, INBOUND, INDEXES } from './constraint-facts';
import { arrayOf, grantsOf, isOwnedBy, nameOf } from './pieces';
import { READERS, VIEWS } from './view-facts';

const KIND = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view'
  WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'composite type' ELSE 'index' END`;

const RELATION = `'name', ${nameOf('c.oid')}, 'schema', n.nspname, 'relation', c.relname, 'kind', ${KIND},
    'owner', pg_get_userbyid(c.relowner), 'isOwned', ${isOwnedBy('c.relowner')}`;

const relatives = (of: string, mine: string, condition: string) => `(
  SELECT coalesce(json_agg(${nameOf(`h.${of}`)} ORDER BY ${nameOf(`h.${of}`)} COLLATE "C"), '[]')
  FROM pg_inherits h WHERE h.${mine} = c.oid AND ${condition})`;

/** The table itself, or all that its partitions are. */
const PARTS = `(SELECT c.oid AS oid UNION SELECT tree.relid FROM pg_partition_tree(c.oid) tree)`;

const TABLES = `
  SELECT json_agg(json_build_object(${RELATION},
    'persistence', CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END,
    'columns', ${arrayOf(COLUMNS)}, 'indexes', ${arrayOf(INDEXES)}, 'constraints', ${arrayOf(CONSTRAINTS)},
    'inbound', ${arrayOf(INBOUND)}, 'triggers', ${arrayOf(TRIGGERS)}, 'rules', ${arrayOf(RULES)}, 'policies', ${arrayOf(POLICIES)},
    'rowSecurity', CASE WHEN NOT c.relrowsecurity THEN 'off' WHEN c.relforcerowsecurity THEN 'forced' ELSE 'on' END,
    'isPartitioned', c.relkind = 'p', 'partitionKey', ${PARTITION_KEY},
    'partitions', ${relatives('inhrelid', 'inhparent', `c.relkind = 'p'`)},
    'partitionOf', (SELECT ${nameOf('h.inhparent')} FROM pg_inherits h WHERE h.inhrelid = c.oid AND c.relispartition),
    'parents', ${relatives('inhparent', 'inhrelid', 'NOT c.relispartition')},
    'children', ${relatives('inhrelid', 'inhparent', `c.relkind = 'r'`)},
    'ofType', CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END, 'rowTypeUsedBy', ${arrayOf(ROW_TYPE_USED_BY)},
    'replicaIdentity', CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'n' THEN 'nothing' WHEN 'f' THEN 'full' ELSE 'index' END,
    'publications', ${arrayOf(PUBLICATIONS)}, 'statistics', ${arrayOf(STATISTICS)},
    'grants', ${grantsOf('c.relacl', 'c.relowner')}, 'options', coalesce(to_json(c.reloptions), '[]'),
    'estimatedRows', (SELECT coalesce(nullif(sum(greatest(pc.reltuples, 0)), 0), max(pc.reltuples))
                      FROM ${PARTS} part JOIN pg_class pc ON pc.oid = part.oid),
    'pages', (SELECT sum(pg_relation_size(part.oid)) / current_setting('block_size')::int FROM ${PARTS} part)::bigint,
    'comment', obj_description(c.oid, 'pg_class')))
  FROM target t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace`;

/** Objects of the partition itself: what it has from its parent depends on the parent's columns, or on none. */
const DEPENDENTS = `
  SELECT json_agg(DISTINCT jsonb_build_object('what', pg_describe_object(d.classid, d.objid, 0), 'column', a.attname))
  FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
    AND d.classid IN ('pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_rewrite'::regclass, 'pg_statistic_ext'::regclass,
                      'pg_publication_rel'::regclass)
    AND NOT EXISTS (SELECT FROM pg_trigger g WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
                    AND (g.tgisinternal OR g.tgparentid <> 0))`;

const PARTITIONS = `
  SELECT json_agg(json_build_object(${RELATION}, 'root', ${nameOf('p.root')},
    'partitionOf', (SELECT ${nameOf('h.inhparent')} FROM pg_inherits h WHERE h.inhrelid = c.oid),
    'partitionKey', ${PARTITION_KEY}, 'indexes', ${arrayOf(INDEXES)}, 'constraints', ${arrayOf(CONSTRAINTS)}, 'dependents', ${arrayOf(DEPENDENTS)})
    ORDER BY p.level DESC, ${nameOf('c.oid')} COLLATE "C")
  FROM partition p JOIN pg_class c ON c.oid = p.oid JOIN pg_namespace n ON n.oid = c.relnamespace`;

const RELATIONS = `
  SELECT json_agg(json_build_object(${RELATION}))
  FROM wanted w JOIN pg_namespace n ON n.nspname = w.schema JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.relation`;

const SCHEMAS = `
  SELECT json_agg(json_build_object('name', s.nspname, 'mayCreate', has_schema_privilege(s.oid, 'CREATE'),
    'relations', (SELECT coalesce(json_agg(c.relname ORDER BY c.relname COLLATE "C"), '[]') FROM pg_class c WHERE c.relnamespace = s.oid)))
  FROM pg_namespace s WHERE s.nspname = ANY ($2) OR s.oid IN (
    SELECT c.relnamespace FROM pg_class c WHERE c.oid IN (SELECT oid FROM target UNION SELECT oid FROM reader))`;

const SESSION = `
  SELECT json_build_object('role', r.rolname, 'mayCreateSchemas', has_database_privilege(current_database(), 'CREATE'),
    'bypassesRowSecurity', r.rolsuper OR r.rolbypassrls)
  FROM pg_roles r WHERE r.rolname = current_user`;

export const FACTS = `
  WITH RECURSIVE wanted AS (SELECT w.schema, w.relation FROM json_to_recordset($1::json) AS w(schema text, relation text)),
  target AS (
    SELECT c.oid FROM wanted w JOIN pg_namespace n ON n.nspname = w.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.relation AND c.relkind IN ('r', 'p')),
  partition AS (
    SELECT t.oid AS root, tree.relid AS oid, tree.level FROM target t CROSS JOIN LATERAL pg_partition_tree(t.oid) tree WHERE tree.level > 0),
  reader AS (${READERS} IN (SELECT oid FROM target) UNION SELECT more.oid FROM reader r CROSS JOIN LATERAL (${READERS} = r.oid) more)
  SELECT current_setting('server_version_num')::int AS "serverVersion", ${arrayOf(TABLES)} AS tables, ${arrayOf(PARTITIONS)} AS partitions,
    ${arrayOf(RELATIONS)} AS relations,
    ${arrayOf(VIEWS)} AS views, ${arrayOf(OTHER_POLICIES)} AS "otherPolicies", ${arrayOf(FUNCTIONS)} AS functions,
    ${arrayOf(SEQUENCES)} AS sequences, ${arrayOf(SCHEMAS)} AS schemas, (${SESSION}) AS session`;
