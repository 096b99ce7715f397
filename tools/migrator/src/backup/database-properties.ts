/**
 * What belongs to a database and not to anything in it: its owner, who may connect, its settings, its connection limit. Neither a
 * dump nor a clone has them, and a service that lost them would not come up again.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Query } from '../pg/query';

interface Properties {
  readonly owner: string;
  readonly limit: number;
  /** Whether anything but the default was ever granted. */
  readonly hasGrants: boolean;
}

interface Grant {
  /** Null is everybody. */
  readonly grantee: string | null;
  readonly privilege: string;
  readonly grantable: boolean;
}

interface Setting {
  /** Null is every role. */
  readonly role: string | null;
  /** `name=value` */
  readonly setting: string;
}

export async function copyDatabaseProperties(query: Query, from: string, to: string): Promise<void> {
  const target = escapeIdentifier(to);
  const [properties] = await query<Properties>(
    `SELECT pg_get_userbyid(datdba) AS owner, datconnlimit AS limit, datacl IS NOT NULL AS "hasGrants"
     FROM pg_database WHERE datname = $1`,
    [from],
  );
  const { owner, limit, hasGrants } = properties!;
  for (const { role, setting } of await readSettings(query, from)) {
    const whose = role === null ? '' : `ROLE ${escapeIdentifier(role)} IN `;
    await query(`ALTER ${whose}DATABASE ${target} SET ${assignment(setting)}`);
  }
  if (hasGrants) {
    await query(`REVOKE ALL ON DATABASE ${target} FROM PUBLIC`);
    for (const { grantee, privilege, grantable } of await readGrants(query, from)) {
      const whom = grantee === null ? 'PUBLIC' : escapeIdentifier(grantee);
      await query(
        `GRANT ${privilege} ON DATABASE ${target} TO ${whom}${grantable ? ' WITH GRANT OPTION' : ''}`,
      );
    }
  }
  await query(`ALTER DATABASE ${target} CONNECTION LIMIT ${limit}`);
  await query(`ALTER DATABASE ${target} OWNER TO ${escapeIdentifier(owner)}`);
}

async function readSettings(query: Query, database: string): Promise<Setting[]> {
  return query<Setting>(
    `SELECT r.rolname AS role, unnest(s.setconfig) AS setting
     FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
     WHERE d.datname = $1`,
    [database],
  );
}

/** Those of the owner go with the ownership. */
async function readGrants(query: Query, database: string): Promise<Grant[]> {
  return query<Grant>(
    `SELECT r.rolname AS grantee, g.privilege_type AS privilege, g.is_grantable AS grantable
     FROM pg_database d CROSS JOIN aclexplode(d.datacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
     WHERE d.datname = $1 AND g.grantee <> d.datdba`,
    [database],
  );
}

/** Lists of names are kept as they were written, quotes and all; everything else is one value. */
const LISTS = /^(search_path|temp_tablespaces|session_preload_libraries|local_preload_libraries)$/i;

function assignment(setting: string): string {
  const [name = ''] = setting.split('=', 1);
  const value = setting.slice(name.length + 1);
  const written = LISTS.test(name) && value !== '' ? value : escapeLiteral(value);
  return `${name.split('.').map(escapeIdentifier).join('.')} = ${written}`;
}
