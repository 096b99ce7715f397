/** The columns of the relation `c`. */
import { grantsOf, nameOf } from './pieces';

/** A generated column's dependencies are its expression's. */
const GENERATED_FROM = `(
  SELECT coalesce(json_agg(ga.attname ORDER BY ga.attnum), '[]') FROM pg_attribute ga
  WHERE a.attgenerated <> '' AND ga.attrelid = c.oid AND ga.attnum > 0 AND ga.attnum <> a.attnum AND EXISTS (
    SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = ga.attnum
      AND d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid))`;

const SEQUENCE = `(
  SELECT min(${nameOf('s.oid')}) FROM pg_class s JOIN pg_depend d
    ON d.deptype = 'i' AND d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
    OR d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid
  WHERE s.relkind = 'S')`;

export const COLUMNS = `
  SELECT json_agg(json_build_object(
    'name', a.attname, 'position', a.attnum, 'type', format_type(a.atttypid, a.atttypmod),
    'domainOver', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
    'enumLabels', (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
    'notNull', a.attnotnull,
    'default', CASE a.attgenerated WHEN '' THEN pg_get_expr(f.adbin, f.adrelid) END,
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
    'generated', CASE a.attgenerated WHEN '' THEN NULL ELSE pg_get_expr(f.adbin, f.adrelid) END,
    'generatedFrom', ${GENERATED_FROM},
    'collation', (SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                  FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                  WHERE co.oid = a.attcollation AND a.attcollation <> t.typcollation),
    'sequence', ${SEQUENCE},
    'grants', ${grantsOf('a.attacl', 'c.relowner')},
    'statisticsTarget', nullif(a.attstattarget, -1),
    'options', coalesce(to_json(a.attoptions), '[]'),
    'comment', col_description(a.attrelid, a.attnum)) ORDER BY a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;

/** The sequences that columns of the tables `target` take numbers from. */
export const SEQUENCES = `
  SELECT json_agg(json_build_object(
    'name', ${nameOf('s.oid')}, 'type', format_type(q.seqtypid, NULL), 'start', q.seqstart::text, 'increment', q.seqincrement::text,
    'min', q.seqmin::text, 'max', q.seqmax::text, 'cache', q.seqcache::text, 'cycles', q.seqcycle,
    'ownedBy', (SELECT json_build_object('table', ${nameOf('d.refobjid')}, 'column', a.attname)
                FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')),
    'usedBy', (SELECT coalesce(json_agg(json_build_object('table', ${nameOf('u.attrelid')}, 'column', u.attname)
                                        ORDER BY ${nameOf('u.attrelid')} COLLATE "C", u.attnum), '[]')
               FROM pg_attribute u WHERE (u.attrelid, u.attnum) IN (${usersOf('s.oid')}))) ORDER BY ${nameOf('s.oid')} COLLATE "C")
  FROM pg_sequence q JOIN pg_class s ON s.oid = q.seqrelid
  WHERE EXISTS (SELECT FROM (${usersOf('s.oid')}) AS used(relation, number) JOIN target t ON t.oid = used.relation)`;

function usersOf(sequence: string): string {
  return `
    SELECT f.adrelid, f.adnum FROM pg_attrdef f JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ${sequence}
    UNION
    SELECT d.refobjid, d.refobjsubid::smallint FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = ${sequence} AND d.deptype = 'i'`;
}

/** The columns of a partition key, with those of its expressions: it is they that depend on their table, so that they stay. */
export const PARTITION_KEY = `(
  SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
  WHERE c.relkind = 'p' AND a.attrelid = c.oid AND a.attnum > 0 AND EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = a.attnum
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = 0 AND d.deptype = 'i'))`;
