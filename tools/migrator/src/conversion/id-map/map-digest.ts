/** What tells two id maps apart, by the names that the conversion has for them; what it is and costs says the shared library's. */
import {
  mapDigest as digestOfTable,
  type MapDigest,
  type MapPart,
} from '@hockey-hub/shared-lib/src/id-map/map-digest';
import type { Query } from '../../pg/query';
import { idMapOf } from '../names';

export { digestsAgree, type MapDigest, type MapPart } from '@hockey-hub/shared-lib/src/id-map/map-digest';

/** @param table of the owner: `users` */
export const mapDigest = (query: Query, table: string, part?: MapPart): Promise<MapDigest> =>
  digestOfTable(query, { table: idMapOf(table) }, part);
