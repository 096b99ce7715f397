/** Pure: what clients of the databases are: the code of a service, before and after it was taught UUIDs. */
import {
  SEARCH_PATHS,
  type ClientGroup,
  type DatabaseName,
  type IdKind,
} from '@hockey-hub/conversion-clients';
import type { LegacyService } from '@hockey-hub/legacy-clubs';

/** `old` knows numbers alone, `new` UUIDs alone. */
export type CodeVersion = 'old' | 'new';

export const DATABASE_OF: Readonly<Record<LegacyService, DatabaseName>> = {
  'user-service': 'user',
  'training-service': 'training',
};

/** They read and write their own service's database, and hear of users as that service hears of them. */
export function codeOf(service: LegacyService, version: CodeVersion): ClientGroup {
  const ids: IdKind = version === 'old' ? 'number' : 'uuid';
  return {
    name: `${version} ${service}`,
    ids,
    searchPath: SEARCH_PATHS[ids],
    databases: [DATABASE_OF[service]],
  };
}
