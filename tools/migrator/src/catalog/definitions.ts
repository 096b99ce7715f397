/**
 * What a schema has besides its `Catalog`: functions, triggers, policies and everything else that entities cannot express
 * and a migration can make. Each is kept as Postgres prints it, under its kind and name, so that two databases can be
 * compared; nothing here says how a difference is mended. Owners and the settings of roles are not in it.
 */
import type { Query } from '../pg/query';
import { isToolSchema, NOT_OF_A_TOOL } from './tool-schemas';

export interface Definition {
  /** `function`, `trigger`, `policy`, `rule`, `type`, `sequence`, `extension`, `storage`, `privileges`, `comment`, `object`. */
  readonly kind: string;
  readonly name: string;
  /** As Postgres prints it; of an `object` only its being there is known. */
  readonly text: string;
}

/** By kind and name. */
export type Definitions = Readonly<Record<string, Definition>>;

const SCHEMAS = NOT_OF_A_TOOL;
const LEDGER = `(n.nspname = 'public' AND c.relname IN ('migrations', 'migrations_id_seq', 'typeorm_metadata'))`;
const NAME = `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname`;
const own = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
const OF_TABLE = (catalog: string, alias: string, table: string) => `
  FROM ${catalog} ${alias} JOIN pg_class c ON c.oid = ${table} JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${SCHEMAS} AND NOT ${LEDGER} AND ${own(catalog, `${alias}.oid`)}`;

const FUNCTIONS = `
  SELECT 'function' AS kind, p.oid::regprocedure::text AS name, CASE p.prokind WHEN 'a'
    THEN (SELECT concat_ws(', ', aggtransfn, aggfinalfn, aggtranstype::regtype, agginitval) FROM pg_aggregate WHERE aggfnoid = p.oid)
    ELSE pg_get_functiondef(p.oid) END AS text
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${SCHEMAS} AND ${own('pg_proc', 'p.oid')}`;

const TRIGGERS = `
  SELECT 'trigger', ${NAME} || '.' || t.tgname,
         pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' -- fires: ' || t.tgenabled::text END
  ${OF_TABLE('pg_trigger', 't', 't.tgrelid')} AND NOT t.tgisinternal`;

const POLICIES = `
  SELECT 'policy', ${NAME} || '.' || p.polname, concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
         p.polcmd, 'to', p.polroles::regrole[], 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
  ${OF_TABLE('pg_policy', 'p', 'p.polrelid')}
  UNION ALL
  SELECT 'policy', ${NAME}, 'row level security' || CASE WHEN c.relforcerowsecurity THEN ', forced' ELSE '' END
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relrowsecurity AND ${SCHEMAS} AND NOT ${LEDGER}`;

const RULES = `
  SELECT 'rule', ${NAME} || '.' || r.rulename, pg_get_ruledef(r.oid)
  ${OF_TABLE('pg_rewrite', 'r', 'r.ev_class')} AND r.rulename <> '_RETURN'`;

/** Domains and composite types; the columns of the latter are those of their own relation. */
const TYPES = `
  SELECT 'type', t.oid::regtype::text, CASE t.typtype WHEN 'd'
    THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
      (SELECT string_agg(k.conname || ' ' || pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k
       WHERE k.contypid = t.oid AND k.contype = 'c'))
    ELSE (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
          FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) END
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE (t.typtype = 'd' OR c.relkind = 'c') AND ${SCHEMAS} AND ${own('pg_type', 't.oid')}`;

const SEQUENCES = `
  SELECT 'sequence', ${NAME}, concat_ws(' ', 'start', s.seqstart, 'increment', s.seqincrement, 'from', s.seqmin, 'to', s.seqmax,
         'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END)
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${SCHEMAS} AND NOT ${LEDGER} AND ${own('pg_class', 'c.oid')}`;

/** How a table keeps its rows, where that is not the default; partitions and parents too. */
const STORAGE = `
  SELECT 'storage', name, text FROM (
    SELECT ${NAME} AS name, concat_ws(', ', CASE c.relpersistence WHEN 'u' THEN 'unlogged' END, c.reloptions::text,
        CASE WHEN c.relreplident NOT IN ('d', 'n') THEN 'replica identity ' || c.relreplident::text END,
        'partition by ' || pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
        (SELECT 'inherits ' || string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) FROM pg_inherits h
         WHERE h.inhrelid = c.oid AND c.relkind IN ('r', 'p', 'f')),
        (SELECT string_agg(concat_ws(' ', a.attname, CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
             'compression ' || nullif(a.attcompression::text, ''), 'statistics ' || nullif(a.attstattarget, -1)), ', ' ORDER BY a.attnum)
         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm')
           AND (a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attstattarget <> -1))) AS text
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm', 'v', 'i', 'f') AND ${SCHEMAS} AND NOT ${LEDGER} AND ${own('pg_class', 'c.oid')}) s
  WHERE text <> ''`;

const EXTENSIONS = `
  SELECT 'extension', e.extname::text, n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname <> 'plpgsql'`;

const grants = (acl: string) => `
  (SELECT string_agg(concat_ws(' ', g.grantee::regrole, g.privilege_type, CASE WHEN g.is_grantable THEN 'grantable' END), ', '
     ORDER BY g.grantee::regrole::text, g.privilege_type) FROM aclexplode(${acl}) g)`;
/** Those that were changed by a GRANT or a REVOKE. */
const PRIVILEGES = `
  SELECT 'privileges', 'on ' || ${NAME}, ${grants('c.relacl')}
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relacl IS NOT NULL AND ${SCHEMAS} AND NOT ${LEDGER}
  UNION ALL
  SELECT 'privileges', 'on ' || ${NAME} || '.' || a.attname, ${grants('a.attacl')}
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND ${SCHEMAS} AND NOT ${LEDGER}
  UNION ALL
  SELECT 'privileges', 'on ' || p.oid::regprocedure, ${grants('p.proacl')}
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL AND ${SCHEMAS}
  UNION ALL
  SELECT 'privileges', 'on type ' || t.oid::regtype, ${grants('t.typacl')}
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typacl IS NOT NULL AND ${SCHEMAS}
  UNION ALL
  SELECT 'privileges', 'on schema ' || n.nspname, ${grants('n.nspacl')}
  FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND n.nspname <> 'public' AND ${SCHEMAS}
  UNION ALL
  SELECT 'privileges', concat_ws(' ', 'by default of', d.defaclrole::regrole, 'in', n.nspname, 'on', d.defaclobjtype), ${grants('d.defaclacl')}
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace`;

/** Those on tables and their columns are the catalog's. */
const COMMENTS = `
  SELECT 'comment', 'on ' || o.type || ' ' || o.identity, d.description
  FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  WHERE d.objoid >= 16384 AND o.type NOT IN ('table', 'table column', 'extension')
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classoid AND x.objid = d.objoid AND x.deptype = 'e')`;

/** Catalogs of rarer things, of which only the name is compared. Oids below 16384 are the system's own. */
const RARE = [
  'pg_namespace', 'pg_cast', 'pg_collation', 'pg_conversion', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_am',
  'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template', 'pg_foreign_data_wrapper', 'pg_foreign_server',
  'pg_publication', 'pg_event_trigger', 'pg_statistic_ext',
]; // prettier-ignore
const OBJECTS = [
  ...RARE.map(
    (catalog) => `
  SELECT 'object', o.type || ' ' || o.identity, ''
  FROM ${catalog} r CROSS JOIN LATERAL pg_identify_object('${catalog}'::regclass, r.oid, 0) o
  WHERE r.oid >= 16384 AND ${own(catalog, 'r.oid')} AND NOT ${isToolSchema('o.identity')} AND o.identity !~ '^pg_'`,
  ),
  `SELECT 'object', 'foreign table ' || ${NAME}, '' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'f' AND ${SCHEMAS}`,
].join('\n  UNION ALL\n');

const DEFINITIONS = [
  FUNCTIONS, TRIGGERS, POLICIES, RULES, TYPES, SEQUENCES, STORAGE, EXTENSIONS, PRIVILEGES, COMMENTS, OBJECTS,
].join('\nUNION ALL\n'); // prettier-ignore

/** In one round trip. Names are printed relative to the session's search_path: see `useDefaultPath`. */
export async function readDefinitions(query: Query): Promise<Definitions> {
  const rows = await query<{ kind: string; name: string; text: string | null }>(DEFINITIONS);
  const named = rows.map(
    ({ kind, name, text }) => [`${kind} ${name}`, { kind, name, text: text ?? '' }] as const,
  );
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One line for each that is not the same in both, in the words of `describeChange`: as it is, and as expected. */
export function compareDefinitions(actual: Definitions, expected: Definitions): string[] {
  const names = [...new Set([...Object.keys(actual), ...Object.keys(expected)])].sort();
  return names.flatMap((name) => {
    const [is, shall] = [actual[name]?.text, expected[name]?.text];
    if (is === shall) return [];
    if (is === undefined) return [`${name}: is missing${shall ? `, expected ${inOneLine(shall)}` : ''}`];
    if (shall === undefined) return [`${name}: is not expected${is ? `, is ${inOneLine(is)}` : ''}`];
    return [`${name}: is ${inOneLine(is)}, expected ${inOneLine(shall)}`];
  });
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
