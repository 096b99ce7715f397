/** Pure: what clients of the databases are: the code of a service, before and after it was taught UUIDs. */
import type { ClientGroup, DatabaseName } from '@hockey-hub/conversion-clients';
import type { LegacyService } from '@hockey-hub/legacy-clubs';
import { NUMERIC_VIEWS, UUID_VIEWS } from '@hockey-hub/migrator/src/conversion/names';

/** `old` knows numbers alone, `new` UUIDs alone. */
export type CodeVersion = 'old' | 'new';

export const DATABASE_OF: Readonly<Record<LegacyService, DatabaseName>> = {
  'user-service': 'user',
  'training-service': 'training',
};

/** They read and write their own service's database, and hear of users as that service hears of them. */
export function codeOf(service: LegacyService, version: CodeVersion): ClientGroup {
  return {
    name: `${version} ${service}`,
    ids: version === 'old' ? 'number' : 'uuid',
    searchPath: `${version === 'old' ? NUMERIC_VIEWS : UUID_VIEWS},public`,
    databases: [DATABASE_OF[service]],
  };
}
