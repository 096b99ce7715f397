/** Where the owner's database is, for a copy of its id map without events. The only file of the conversion that knows the environment. */
import { databaseNameOf, resolveDatabaseUrl } from '@hockey-hub/shared-lib/src/database/database-url';
import { withDatabase } from '../../pg/connection-url';

/**
 * As the migrator finds every service's: by the variables, and without them on the server of this service.
 * @param url of this service's database
 */
export function ownerDatabaseUrl(owner: string, url: string, env: NodeJS.ProcessEnv = process.env): string {
  return resolveDatabaseUrl(owner, env) ?? withDatabase(url, databaseNameOf(owner), owner);
}
