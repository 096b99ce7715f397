/** The clients of a conversion by the migrator: code of before it, and code that was taught UUIDs. */
import { NUMERIC_VIEWS, UUID_VIEWS } from '@hockey-hub/migrator/src/conversion/names';
import type { ClientGroup, IdKind } from './client-group';

/** The views of their kind of ids first. Where somebody else converts there are none: these clients use the tables then. */
export const SEARCH_PATHS: Readonly<Record<IdKind, string>> = {
  number: `${NUMERIC_VIEWS},public`,
  uuid: `${UUID_VIEWS},public`,
};

export const OLD_CLIENTS: ClientGroup = { name: 'old', ids: 'number', searchPath: SEARCH_PATHS.number };
export const NEW_CLIENTS: ClientGroup = { name: 'new', ids: 'uuid', searchPath: SEARCH_PATHS.uuid };
