import type { Query } from '@hockey-hub/migrator/src/pg/query';

const FIRST_WITH_UUIDV7 = 180_000;

/** The server's own way to make an id, in SQL: in the order of time where it can, because indexes like that. */
export async function newUuidOf(query: Query): Promise<string> {
  const [row] = await query<{ version: number }>(
    `SELECT current_setting('server_version_num')::integer AS "version"`,
  );
  return row!.version >= FIRST_WITH_UUIDV7 ? 'uuidv7()' : 'gen_random_uuid()';
}
