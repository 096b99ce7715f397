/**
 * What Postgres knows a schema's parts by, whatever they are called: a table that is renamed keeps its oid, a column its
 * number. Beside a catalog, which has names only, this tells a rename from a drop and an add.
 */
import type { Query } from '../pg/query';

/** Name -> what it is known by. */
export type Ids = Readonly<Record<string, string>>;

export interface Identities {
  /** Tables, views and sequences, by `qualifiedName`. */
  readonly relations: Ids;
  /** By the relation's `qualifiedName`, as all below. */
  readonly columns: Readonly<Record<string, Ids>>;
  /** The type with its length or precision, by column. */
  readonly types: Readonly<Record<string, Ids>>;
  /** The default or the generating expression, by column. */
  readonly expressions: Readonly<Record<string, Ids>>;
  readonly constraints: Readonly<Record<string, Ids>>;
  readonly indexes: Readonly<Record<string, Ids>>;
  /** By `qualifiedName`. */
  readonly enums: Ids;
  /** By the enum's `qualifiedName`. */
  readonly labels: Readonly<Record<string, Ids>>;
}

const SCHEMAS = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const named = (name: string) => `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || ${name}`;

/** One object of objects: for each relation (or enum), its parts. */
const partsOf = (from: string, owner: string, name: string, id: string, where = 'true') => `
  (SELECT coalesce(json_object_agg(owner, parts), '{}') FROM (
    SELECT ${named(owner)} AS owner, json_object_agg(${name}, ${id}) AS parts
    FROM ${from} WHERE ${SCHEMAS} AND ${where} GROUP BY 1) p)`;

const CLASS = 'pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace';
const COLUMN = `${CLASS} JOIN pg_attribute a ON a.attrelid = c.oid`;
const KEPT = `c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`;

const IDENTITIES = `
  SELECT
    (SELECT coalesce(json_object_agg(${named('c.relname')}, c.oid::text), '{}') FROM ${CLASS}
     WHERE ${SCHEMAS} AND c.relkind IN ('r', 'p', 'v', 'm', 'S')) AS relations,
    ${partsOf(COLUMN, 'c.relname', 'a.attname', 'a.attnum::text', KEPT)} AS columns,
    ${partsOf(COLUMN, 'c.relname', 'a.attname', `a.atttypid || ':' || a.atttypmod`, KEPT)} AS types,
    ${partsOf(
      `${COLUMN} JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum`,
      'c.relname',
      'a.attname',
      'd.oid::text',
      KEPT,
    )} AS expressions,
    ${partsOf(`${CLASS} JOIN pg_constraint k ON k.conrelid = c.oid`, 'c.relname', 'k.conname', 'k.oid::text')} AS constraints,
    ${partsOf(
      `${CLASS} JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class ic ON ic.oid = i.indexrelid`,
      'c.relname',
      'ic.relname',
      'ic.oid::text',
    )} AS indexes,
    (SELECT coalesce(json_object_agg(${named('t.typname')}, t.oid::text), '{}')
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${SCHEMAS} AND t.typtype = 'e') AS enums,
    ${partsOf(
      'pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid',
      't.typname',
      'e.enumlabel',
      'e.oid::text',
    )} AS labels`;

export async function readIdentities(query: Query): Promise<Identities> {
  const [row] = await query<Identities>(IDENTITIES);
  return row!;
}
