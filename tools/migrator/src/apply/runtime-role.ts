/**
 * What a service's runtime role may do: read and write rows, and nothing that changes a schema. The migrator's role owns
 * the tables; the service connects as another one, which gets exactly this, each time something new is there:
 *
 *   database    CONNECT                                  nobody but the owner: CREATE, TEMPORARY
 *   schemas     USAGE                                    nobody but the owner: CREATE
 *   tables      SELECT, INSERT, UPDATE, DELETE           nobody but the owner: TRUNCATE, REFERENCES, TRIGGER
 *               public.migrations: SELECT, for the readiness check; the schema migrator: nothing
 *   views       the same; materialized ones SELECT
 *   sequences   USAGE, SELECT
 *
 * Only of what the migrator's role owns or may act for: what extensions and others have put into the database is theirs.
 * Whatever is still too much after that (a right that comes from a group, or that somebody else gave) is an error.
 *
 * https://www.postgresql.org/docs/current/ddl-priv.html
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import type { Query } from '../pg/query';

const NOT_OF_AN_EXTENSION = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** The role, the database, and its schemas, relations and sequences that are the migrator's. */
const OURS = `
  WITH role AS (SELECT oid, rolname AS name FROM pg_roles WHERE rolname = $1),
  database AS (
    SELECT oid, datname AS name FROM pg_database
    WHERE datname = current_database() AND pg_has_role(current_user, datdba, 'USAGE')),
  schema AS (
    SELECT n.oid, n.nspname AS name FROM pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_has_role(current_user, n.nspowner, 'USAGE')
      AND ${NOT_OF_AN_EXTENSION('pg_namespace', 'n.oid')}),
  relation AS (
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind, n.nspname = 'migrator' AS secret,
           n.nspname = 'public' AND c.relname IN ('migrations', 'migrations_id_seq') AS ledger
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND pg_has_role(current_user, c.relowner, 'USAGE') AND ${NOT_OF_AN_EXTENSION('pg_class', 'c.oid')}),
  wanted AS (
    SELECT oid, name, kind, CASE WHEN ledger OR kind = 'm' THEN 'SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS may,
           CASE WHEN ledger THEN 'INSERT, UPDATE, DELETE, ' ELSE '' END || 'TRUNCATE, REFERENCES, TRIGGER' AS may_not
    FROM relation WHERE kind <> 'S' AND NOT secret)`;

/** Statements that would give what is missing. */
const MISSING = `${OURS}
  SELECT format('GRANT CONNECT ON DATABASE %I TO %I', d.name, r.name) AS statement FROM database d, role r
  WHERE NOT has_database_privilege(r.oid, d.oid, 'CONNECT')
UNION ALL
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.name, r.name) FROM schema n, role r
  WHERE n.name <> 'migrator' AND NOT has_schema_privilege(r.oid, n.oid, 'USAGE')
UNION ALL
  SELECT format('GRANT %s ON %s TO %I', c.may, c.name, r.name) FROM wanted c, role r
  WHERE EXISTS (SELECT FROM unnest(string_to_array(c.may, ', ')) AS one(privilege)
                WHERE NOT has_table_privilege(r.oid, c.oid, one.privilege))
UNION ALL
  SELECT format('GRANT USAGE, SELECT ON SEQUENCE %s TO %I', c.name, r.name) FROM relation c, role r
  WHERE c.kind = 'S' AND NOT c.secret AND NOT c.ledger
    AND NOT (has_sequence_privilege(r.oid, c.oid, 'USAGE') AND has_sequence_privilege(r.oid, c.oid, 'SELECT'))`;

/** What is too much, as REVOKE names it. */
const EXCESSIVE = `${OURS}
  SELECT format('CREATE, TEMPORARY ON DATABASE %I', d.name) AS excess FROM database d, role r
  WHERE has_database_privilege(r.oid, d.oid, 'CREATE, TEMPORARY')
UNION ALL
  SELECT format('CREATE ON SCHEMA %I', n.name) FROM schema n, role r
  WHERE has_schema_privilege(r.oid, n.oid, 'CREATE')
UNION ALL
  SELECT format('USAGE ON SCHEMA %I', n.name) FROM schema n, role r
  WHERE n.name = 'migrator' AND has_schema_privilege(r.oid, n.oid, 'USAGE')
UNION ALL
  SELECT format('%s ON %s', c.may_not, c.name) FROM wanted c, role r
  WHERE has_table_privilege(r.oid, c.oid, c.may_not)
UNION ALL
  SELECT format('ALL ON %s', c.name) FROM relation c, role r
  WHERE c.kind <> 'S' AND c.secret
    AND has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
UNION ALL
  SELECT format('ALL ON SEQUENCE %s', c.name) FROM relation c, role r
  WHERE c.kind = 'S' AND (c.secret OR c.ledger) AND has_sequence_privilege(r.oid, c.oid, 'USAGE, SELECT, UPDATE')`;

/** Where the role could still make something of its own, also in what is not the migrator's. */
const CREATES = `
  SELECT format('CREATE ON DATABASE %I', d.datname) AS excess FROM pg_database d, pg_roles r
  WHERE r.rolname = $1 AND d.datname = current_database() AND has_database_privilege(r.oid, d.oid, 'CREATE')
UNION ALL
  SELECT format('CREATE ON SCHEMA %I', n.nspname) FROM pg_namespace n, pg_roles r
  WHERE r.rolname = $1 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(r.oid, n.oid, 'CREATE')`;

interface RoleFacts {
  readonly superuser: boolean;
  /** Whether it can act as the role that runs the migrations, which owns what they make. */
  readonly owner: boolean;
}

/**
 * Gives the role what it lacks and takes from it what it must not have.
 * @throws MigratorError RUNTIME_ROLE_UNFIT when there is no such role, or when nothing could hold it back
 */
export async function grantToRuntimeRole(service: string, query: Query, role: string): Promise<void> {
  for (const statement of await missingForRuntimeRole(service, query, role)) await query(statement);
  await refuseExcess(service, query, role);
}

/**
 * The statements that `grantToRuntimeRole` would send: none when all is as it should be.
 * @throws MigratorError RUNTIME_ROLE_UNFIT
 */
export async function missingForRuntimeRole(service: string, query: Query, role: string): Promise<string[]> {
  await refuseUnfit(service, query, role);
  const missing = await query<{ statement: string }>(MISSING, [role]);
  const excessive = await query<{ excess: string }>(EXCESSIVE, [role]);
  const statements = [
    ...missing.map(({ statement }) => statement),
    ...excessive.map(({ excess }) => `REVOKE ${excess} FROM PUBLIC, ${escapeIdentifier(role)}`),
  ];
  if (statements.length === 0) await refuseExcess(service, query, role);
  return statements;
}

async function refuseUnfit(service: string, query: Query, role: string): Promise<void> {
  const [facts] = await query<RoleFacts>(
    `SELECT rolsuper AS superuser, pg_has_role(oid, current_user, 'MEMBER') AS owner FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  const problem = !facts
    ? 'does not exist on this server'
    : facts.superuser
      ? 'is a superuser, whom no grant holds back from changing the schema'
      : facts.owner
        ? 'is, or can act as, the role that runs the migrations and owns the tables, so it could change the schema'
        : undefined;
  if (problem === undefined) return;
  throw new MigratorError(
    'RUNTIME_ROLE_UNFIT',
    `${service}: its runtime role ${role} ${problem}. Make one for the service alone: CREATE ROLE ` +
      `${escapeIdentifier(role)} LOGIN NOSUPERUSER PASSWORD '...'; the migrator grants it what it needs.`,
    { services: [service] },
  );
}

/** A REVOKE reaches neither what a role has through a group nor what somebody else has granted, and is silent about it. */
async function refuseExcess(service: string, query: Query, role: string): Promise<void> {
  const excessive = await query<{ excess: string }>(EXCESSIVE, [role]);
  const creates = await query<{ excess: string }>(CREATES, [role]);
  const left = new Set([...excessive, ...creates].map(({ excess }) => excess));
  if (left.size === 0) return;
  throw new MigratorError(
    'RUNTIME_ROLE_UNFIT',
    `${service}: its runtime role ${role} may do more than work with rows, and the migrator cannot take that from it: ` +
      `${[...left].join('; ')}. It comes from a group that the role is a member of, or from another owner: take the role out of ` +
      `the group (REVOKE ... FROM ${escapeIdentifier(role)}), or let the owner revoke it.`,
    { services: [service] },
  );
}
