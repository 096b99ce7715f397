/** Which id maps a database has. Owns the look into `id_conversion.id_maps`, which is not there without a conversion. */
import { escapeIdentifier } from 'pg';
import type { Query } from './query';

export interface IdMap {
  /** The owner's table: `users`. */
  readonly name: string;
  /** The service that converts the key. */
  readonly owner: string;
  /** Its own table, quoted: what statements are made with. It comes from the database and never from a request. */
  readonly table: string;
}

interface Row {
  readonly map: string;
  readonly owner: string;
  readonly table_name: string;
}

/** False in a database that has never had a conversion; asks the catalog, so nothing fails and nothing is logged. */
export async function hasIdMaps(query: Query): Promise<boolean> {
  const [row] = await query<{ there: boolean }>(
    `SELECT to_regclass('id_conversion.id_maps') IS NOT NULL AS there`,
  );
  return row!.there;
}

export async function findIdMap(query: Query, name: string, owner: string): Promise<IdMap | undefined> {
  if (!(await hasIdMaps(query))) return undefined;
  const [row] = await query<Row>(
    `SELECT "map", "owner", "table_name" FROM "id_conversion"."id_maps" WHERE "map" = $1 AND "owner" = $2`,
    [name, owner],
  );
  return row && idMapOf(row);
}

export function idMapOf({ map, owner, table_name }: Row): IdMap {
  return {
    name: map,
    owner,
    table: `${escapeIdentifier('id_conversion')}.${escapeIdentifier(table_name)}`,
  };
}
