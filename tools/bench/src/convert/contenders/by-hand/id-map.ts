/** The id map as the conversions by hand keep it. */
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import type { DatabaseUrls } from '@hockey-hub/conversion-clients';
import { queryOf, type Query } from '@hockey-hub/migrator/src/pg/query';
import { withClient } from '../../../databases';
import { ID_MAP, ID_MAP_SCHEMA } from './converted-tables';
import { newUuidOf } from './new-uuid';

export async function makeIdMap(query: Query): Promise<void> {
  await query(`CREATE SCHEMA IF NOT EXISTS ${ID_MAP_SCHEMA}`);
  await query(`CREATE TABLE ${ID_MAP} ("number" integer NOT NULL, "uuid" uuid NOT NULL)`);
}

/** After the rows: an index that is built at once is smaller, and sooner there. */
export async function indexIdMap(query: Query): Promise<void> {
  await query(`ALTER TABLE ${ID_MAP} ADD PRIMARY KEY ("number")`);
  await query(`ALTER TABLE ${ID_MAP} ADD UNIQUE ("uuid")`);
  await query(`ANALYZE ${ID_MAP}`);
}

/** The map of all users that are there now, in their own database. */
export async function drawIdMap(query: Query): Promise<void> {
  await makeIdMap(query);
  await query(`INSERT INTO ${ID_MAP} SELECT "id", ${await newUuidOf(query)} FROM "users" ORDER BY "id"`);
  await indexIdMap(query);
}

/** The same in both databases, before anything of theirs is converted. */
export async function drawIdMaps(urls: DatabaseUrls): Promise<void> {
  await withClient(urls.user, (client) => drawIdMap(queryOf(client)));
  await withClient(urls.training, (client) => makeIdMap(queryOf(client)));
  await copyIdMap(urls);
  await withClient(urls.training, (client) => indexIdMap(queryOf(client)));
}

/** All pairs of the user database into the empty map of the training database. */
export async function copyIdMap({ user, training }: DatabaseUrls): Promise<void> {
  await withClient(user, (source) =>
    withClient(training, async (target) => {
      const pairs = source.query(to(`COPY ${ID_MAP} TO STDOUT (FORMAT binary)`));
      await pipeline(pairs, target.query(from(`COPY ${ID_MAP} FROM STDIN (FORMAT binary)`)));
    }),
  );
}
