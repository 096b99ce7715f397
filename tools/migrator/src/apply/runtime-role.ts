/**
 * What a service's runtime role may do: read and write rows, and nothing that changes a schema. The migrator's role owns
 * the tables; the service connects as another one, which gets exactly this, each time something new is there:
 *
 *   database    CONNECT                                  nobody but the owner: CREATE, TEMPORARY
 *   schemas     USAGE                                    nobody but the owner: CREATE
 *   tables      SELECT, INSERT, UPDATE, DELETE           public.migrations: SELECT, for the readiness check
 *   views       the same; materialized ones SELECT       the schema migrator: nothing
 *   sequences   USAGE, SELECT
 *
 * https://www.postgresql.org/docs/current/ddl-priv.html
 */
import { escapeIdentifier } from 'pg';
import { MigratorError } from '../errors';
import type { Query } from '../pg/query';

/** Statements that would give what is missing; each object at most once, so that a second run sends none. */
const MISSING = `
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, r.rolname) AS statement
  FROM pg_namespace n, pg_roles r
  WHERE r.rolname = $1 AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'migrator')
    AND NOT has_schema_privilege(r.oid, n.oid, 'USAGE')
UNION ALL
  SELECT format('GRANT %s ON %I.%I TO %I', needed.privileges, n.nspname, c.relname, r.rolname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT CASE WHEN n.nspname = 'public' AND c.relname = 'migrations' OR c.relkind = 'm'
    THEN 'SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS privileges) needed, pg_roles r
  WHERE r.rolname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'migrator')
    AND EXISTS (SELECT FROM unnest(string_to_array(needed.privileges, ', ')) AS one(privilege)
                WHERE NOT has_table_privilege(r.oid, c.oid, one.privilege))
UNION ALL
  SELECT format('GRANT USAGE, SELECT ON SEQUENCE %I.%I TO %I', n.nspname, c.relname, r.rolname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r
  WHERE r.rolname = $1 AND c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'migrator'
    AND NOT (n.nspname = 'public' AND c.relname = 'migrations_id_seq')
    AND NOT (has_sequence_privilege(r.oid, c.oid, 'USAGE') AND has_sequence_privilege(r.oid, c.oid, 'SELECT'))
UNION ALL
  SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %I', n.nspname, r.rolname)
  FROM pg_namespace n, pg_roles r
  WHERE r.rolname = $1 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(r.oid, n.oid, 'CREATE')
UNION ALL
  SELECT format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', d.datname, r.rolname)
  FROM pg_database d, pg_roles r
  WHERE r.rolname = $1 AND d.datname = current_database()
    AND (has_database_privilege(r.oid, d.oid, 'CREATE') OR has_database_privilege(r.oid, d.oid, 'TEMPORARY'))
UNION ALL
  SELECT format('GRANT CONNECT ON DATABASE %I TO %I', d.datname, r.rolname) FROM pg_database d, pg_roles r
  WHERE r.rolname = $1 AND d.datname = current_database() AND NOT has_database_privilege(r.oid, d.oid, 'CONNECT')`;

interface RoleFacts {
  readonly superuser: boolean;
  /** Whether it can act as the role that runs the migrations, which owns what they make. */
  readonly owner: boolean;
}

/**
 * Gives the role what it lacks and takes from it what it must not have.
 * @returns the number of statements that were necessary
 * @throws MigratorError RUNTIME_ROLE_UNFIT when there is no such role, or when no grant could hold it back
 */
export async function grantToRuntimeRole(service: string, query: Query, role: string): Promise<number> {
  await refuseUnfit(service, query, role);
  const missing = await query<{ statement: string }>(MISSING, [role]);
  for (const { statement } of missing) await query(statement);
  return missing.length;
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
