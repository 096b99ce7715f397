/** A superuser may do everything, also by accident; production is no place for one. */
import { MigratorError } from '../errors';
import type { Query } from '../pg/query';

/** @throws MigratorError SUPERUSER_REFUSED */
export async function refuseSuperuser(service: string, query: Query): Promise<void> {
  const [role] = await query<{ name: string; superuser: boolean }>(
    'SELECT rolname AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user',
  );
  if (!role?.superuser) return;
  throw new MigratorError(
    'SUPERUSER_REFUSED',
    `${service}: NODE_ENV is production and its database URL names ${role.name}, a superuser. Nothing was changed. Use a role ` +
      'that owns the tables of this database and no more (CREATE ROLE ... LOGIN NOSUPERUSER), or say --allow-superuser.',
    { services: [service] },
  );
}
