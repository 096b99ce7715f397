/** SQL that several of the queries in this folder need. Arguments are SQL of their own: `c.oid`. */

/** What a relation is called: see facts.ts. */
export const nameOf = (relation: string) => `(
  SELECT CASE nn.nspname WHEN 'public' THEN '' ELSE nn.nspname || '.' END || nc.relname
  FROM pg_class nc JOIN pg_namespace nn ON nn.oid = nc.relnamespace WHERE nc.oid = ${relation})`;

/** The names of columns by their numbers, in their order. */
export const columnNames = (relation: string, numbers: string) => `(
  SELECT coalesce(json_agg(cn.attname ORDER BY key.place), '[]')
  FROM unnest(${numbers}) WITH ORDINALITY AS key(number, place)
  JOIN pg_attribute cn ON cn.attrelid = ${relation} AND cn.attnum = key.number)`;

/** The columns of `relation` that an object of `catalog` depends on. */
export const dependsOn = (catalog: string, object: string, relation: string) => `(
  SELECT coalesce(json_agg(da.attname ORDER BY da.attnum), '[]') FROM pg_attribute da
  WHERE da.attrelid = ${relation} AND da.attnum > 0 AND EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${object}
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = da.attrelid AND d.refobjsubid = da.attnum))`;

/**
 * The columns that the expression of an object depends on, where the object also depends on those in a list of its own: who is in
 * both has two rows.
 */
export const expressionDependsOn = (catalog: string, object: string, relation: string, listed: string) => `(
  SELECT coalesce(json_agg(da.attname ORDER BY da.attnum), '[]') FROM pg_attribute da
  WHERE da.attrelid = ${relation} AND da.attnum > 0 AND (
    SELECT count(*) FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${object}
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = da.attrelid AND d.refobjsubid = da.attnum)
    > CASE WHEN da.attnum = ANY (coalesce(${listed}, '{}')) THEN 1 ELSE 0 END)`;

/** Columns by relation that an object depends on: tables, views and their like. */
export const readsOf = (catalog: string, object: string, except = '0') => `(
  SELECT coalesce(json_object_agg(${nameOf('read.oid')}, read.columns), '{}') FROM (
    SELECT rc.oid, coalesce(json_agg(DISTINCT ra.attname) FILTER (WHERE ra.attname IS NOT NULL), '[]') AS columns
    FROM pg_depend d JOIN pg_class rc ON rc.oid = d.refobjid AND rc.relkind IN ('r', 'p', 'v', 'm', 'f')
    LEFT JOIN pg_attribute ra ON ra.attrelid = rc.oid AND ra.attnum = d.refobjsubid AND d.refobjsubid > 0
    WHERE d.classid = '${catalog}'::regclass AND d.objid = ${object} AND d.refclassid = 'pg_class'::regclass AND rc.oid <> ${except}
    GROUP BY rc.oid) read)`;

export const GRANTEE = `CASE p.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(p.grantee)) END`;

/** The grants of an access list, the owner's own left out. */
export const grantsOf = (acl: string, owner: string) => `(
  SELECT coalesce(json_agg(json_build_object('grantee', ${GRANTEE}, 'privilege', p.privilege_type, 'isGrantable', p.is_grantable)
                           ORDER BY ${GRANTEE} COLLATE "C", p.privilege_type), '[]')
  FROM aclexplode(${acl}) p WHERE p.grantee <> ${owner})`;

/** Whether the session's role may do what only `owner` may: what Postgres itself asks. */
export const isOwnedBy = (owner: string) => `pg_has_role(${owner}, 'USAGE')`;

/** All rows of a subquery as a JSON array; an empty one for none. */
export const arrayOf = (subquery: string) => `coalesce((${subquery}), '[]')`;

/** That an object belongs to no extension. */
export const ofNoExtension = (catalog: string, object: string) => `
  NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${object} AND x.deptype = 'e')`;
