/** What hangs on the relation `c` besides columns and constraints: triggers, rules, policies, publications, statistics; and who uses it. */
import { columnNames, dependsOn, expressionDependsOn, isOwnedBy, nameOf, readsOf } from './pieces';

export const TRIGGERS = `
  SELECT json_agg(json_build_object(
    'name', g.tgname, 'definition', pg_get_triggerdef(g.oid), 'columns', ${columnNames('c.oid', 'g.tgattr::int2[]')},
    'whenReads', CASE WHEN g.tgqual IS NULL THEN '[]' ELSE ${expressionDependsOn('pg_trigger', 'g.oid', 'c.oid', 'g.tgattr::int2[]')} END,
    'functionName', (SELECT CASE gn.nspname WHEN 'public' THEN '' ELSE gn.nspname || '.' END || gp.proname
                     FROM pg_proc gp JOIN pg_namespace gn ON gn.oid = gp.pronamespace WHERE gp.oid = g.tgfoid),
    'isConstraint', g.tgconstraint <> 0,
    'enabled', CASE g.tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' ELSE 'always' END,
    'comment', obj_description(g.oid, 'pg_trigger')) ORDER BY g.tgname COLLATE "C")
  FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal`;

export const RULES = `
  SELECT json_agg(json_build_object('name', w.rulename, 'definition', rtrim(pg_get_ruledef(w.oid), ';'),
    'reads', ${dependsOn('pg_rewrite', 'w.oid', 'c.oid')}) ORDER BY w.rulename COLLATE "C")
  FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.rulename <> '_RETURN'`;

const ROLES = `(
  SELECT array_agg(CASE r.oid WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.oid)) END ORDER BY r.oid)
  FROM unnest(p.polroles) AS r(oid))`;
const COMMAND = `CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END`;
const USING = `pg_get_expr(p.polqual, p.polrelid)`;
const CHECK = `pg_get_expr(p.polwithcheck, p.polrelid)`;

const POLICY = `json_build_object(
    'table', ${nameOf('p.polrelid')}, 'name', p.polname, 'isPermissive', p.polpermissive, 'command', ${COMMAND}, 'roles', to_json(${ROLES}),
    'using', ${USING}, 'check', ${CHECK},
    'definition', (SELECT format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s', p.polname, pn.nspname, pc.relname,
        CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END, ${COMMAND}, array_to_string(${ROLES}, ', '))
        || coalesce(' USING (' || ${USING} || ')', '') || coalesce(' WITH CHECK (' || ${CHECK} || ')', '')
      FROM pg_class pc JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE pc.oid = p.polrelid),
    'reads', ${readsOf('pg_policy', 'p.oid')}, 'comment', obj_description(p.oid, 'pg_policy'))`;

export const POLICIES = `
  SELECT json_agg(${POLICY} ORDER BY p.polname COLLATE "C") FROM pg_policy p WHERE p.polrelid = c.oid`;

/** Of tables that are none of `target`, and read one. */
export const OTHER_POLICIES = `
  SELECT json_agg(${POLICY} ORDER BY ${nameOf('p.polrelid')} COLLATE "C", p.polname COLLATE "C")
  FROM pg_policy p WHERE p.polrelid NOT IN (SELECT oid FROM target) AND EXISTS (
    SELECT FROM pg_depend d JOIN target t ON t.oid = d.refobjid
    WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)`;

export const PUBLICATIONS = `
  SELECT json_agg(json_build_object(
    'name', b.pubname, 'isByName', r.oid IS NOT NULL,
    'columns', CASE WHEN r.prattrs IS NOT NULL THEN ${columnNames('c.oid', 'r.prattrs::int2[]')} END,
    'rowFilter', pg_get_expr(r.prqual, r.prrelid),
    'filterReads', CASE WHEN r.prqual IS NULL THEN '[]'
      ELSE ${expressionDependsOn('pg_publication_rel', 'r.oid', 'c.oid', 'r.prattrs::int2[]')} END,
    'isOwned', ${isOwnedBy('b.pubowner')}) ORDER BY b.pubname COLLATE "C")
  FROM pg_publication b LEFT JOIN pg_publication_rel r ON r.prpubid = b.oid AND r.prrelid = c.oid
  WHERE r.oid IS NOT NULL OR b.puballtables
    OR EXISTS (SELECT FROM pg_publication_namespace s WHERE s.pnpubid = b.oid AND s.pnnspid = c.relnamespace)`;

export const STATISTICS = `
  SELECT json_agg(json_build_object(
    'name', x.stxname, 'schema', xn.nspname, 'definition', pg_get_statisticsobjdef(x.oid),
    'dependsOn', ${dependsOn('pg_statistic_ext', 'x.oid', 'c.oid')},
    'target', nullif(x.stxstattarget, -1), 'comment', obj_description(x.oid, 'pg_statistic_ext')) ORDER BY x.stxname COLLATE "C")
  FROM pg_statistic_ext x JOIN pg_namespace xn ON xn.oid = x.stxnamespace WHERE x.stxrelid = c.oid`;

/** Columns of other relations that are of the table's row type, or arrays of it. Views are not among them: they keep no rows. */
export const ROW_TYPE_USED_BY = `
  SELECT json_agg(${nameOf('ua.attrelid')} || '.' || ua.attname ORDER BY ${nameOf('ua.attrelid')} COLLATE "C", ua.attnum)
  FROM pg_attribute ua JOIN pg_class uc ON uc.oid = ua.attrelid AND uc.relkind IN ('r', 'p', 'm', 'f', 'c')
  JOIN pg_type ut ON ut.oid = c.reltype WHERE ua.atttypid IN (ut.oid, ut.typarray) AND NOT ua.attisdropped AND ua.attnum > 0`;

/**
 * Functions that depend on a table of `target` by the catalog, whose text has the name of one in it, or that a trigger of one runs.
 * Which words exactly are in the text is for the reader to see: `source` goes along.
 */
export const FUNCTIONS = `
  SELECT json_agg(json_build_object(
    'name', p.oid::regprocedure::text, 'language', l.lanname, 'source', p.prosrc, 'reads', ${readsOf('pg_proc', 'p.oid')},
    'triggerOf', (SELECT coalesce(json_agg(DISTINCT ${nameOf('t.oid')}), '[]') FROM pg_trigger g JOIN target t ON t.oid = g.tgrelid
                  WHERE g.tgfoid = p.oid)) ORDER BY p.oid::regprocedure::text COLLATE "C")
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ALL ($2) AND l.lanname NOT IN ('c', 'internal')
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_proc'::regclass AND x.objid = p.oid AND x.deptype = 'e')
    AND (EXISTS (SELECT FROM target t JOIN pg_class tc ON tc.oid = t.oid WHERE strpos(lower(p.prosrc), lower(tc.relname)) > 0)
      OR EXISTS (SELECT FROM pg_trigger g JOIN target t ON t.oid = g.tgrelid WHERE g.tgfoid = p.oid)
      OR EXISTS (SELECT FROM pg_depend d JOIN target t ON t.oid = d.refobjid
                 WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass))`;
