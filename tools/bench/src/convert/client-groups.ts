import type { ClientGroup } from '@hockey-hub/conversion-clients';
import { NUMERIC_VIEWS, UUID_VIEWS } from '@hockey-hub/migrator/src/conversion/names';

/** The schemas of the views do not exist where somebody else converts: these clients use the tables there. */
export const OLD_CLIENTS: ClientGroup = { name: 'old', ids: 'number', searchPath: `${NUMERIC_VIEWS},public` };
export const NEW_CLIENTS: ClientGroup = { name: 'new', ids: 'uuid', searchPath: `${UUID_VIEWS},public` };
