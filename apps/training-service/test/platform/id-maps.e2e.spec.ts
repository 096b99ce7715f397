/** An id map of the user-service on its way to the training-service, both as processes that are killed meanwhile. */
import {
  copyState,
  digestsAgree,
  ID_MAP_TABLES_V1,
  mapDigest,
  publishPairs,
  registerIdMapV1,
  wantCopy,
} from '@hockey-hub/shared-lib';
import { eventually } from '@hockey-hub/shared-lib/src/testing';
import type { Client } from 'pg';
import { usePlatform } from './use-platform';

const { client, start, kill } = usePlatform();

const BATCH = 5_000;
const query =
  (database: Client) =>
  async <Row>(sql: string, values?: unknown[]): Promise<Row[]> =>
    (await database.query(sql, values)).rows as Row[];

/** What the migrator's first phase leaves in a service's database, as far as the map goes. */
async function convert(database: Client): Promise<void> {
  const registration = registerIdMapV1({ map: 'users', table: 'users_ids', owner: 'user-service' });
  for (const statement of [
    'CREATE SCHEMA id_conversion',
    'CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)',
    ...[...ID_MAP_TABLES_V1, ...registration],
  ]) {
    await database.query(statement);
  }
}

async function fill(from: number): Promise<void> {
  const database = client('user');
  await database.query('BEGIN');
  await database.query(
    'INSERT INTO id_conversion.users_ids SELECT n, gen_random_uuid() FROM generate_series($1::bigint, $2::bigint) AS n',
    [from, from + BATCH - 1],
  );
  const range = { from: String(from), to: String(from + BATCH - 1) };
  await publishPairs(query(database), { service: 'user-service', map: 'users', ...range });
  await database.query('COMMIT');
}

async function isEqual(): Promise<boolean> {
  const map = { table: 'id_conversion.users_ids' };
  const digests = [client('user'), client('training')].map((database) => mapDigest(query(database), map));
  const [ours, theirs] = await Promise.all(digests);
  return digestsAgree(ours!, theirs!);
}

it('arrives whole though each service is killed in the middle, and old ids are looked up over HTTP', async () => {
  await Promise.all([start('user'), start('training')]);
  // Who joins later is told no events of before, and asks for the map when it is wanted (see the shared library's specs).
  await eventually('the training-service has joined', async () => {
    const joined = `SELECT FROM inbox_subscriptions WHERE aggregate IN ('id-map', 'id-pair') AND joined_at IS NOT NULL`;
    return (await client('training').query(joined)).rowCount === 2;
  });
  await Promise.all([convert(client('user')), convert(client('training'))]);
  for (let from = 1; from <= 8 * BATCH; from += BATCH) {
    await fill(from);
    if (from === 2 * BATCH + 1) await kill('training');
    if (from === 4 * BATCH + 1) await kill('user');
  }
  await client('user').query(
    `WITH made AS (INSERT INTO id_conversion.users_ids VALUES (1000000, gen_random_uuid()) RETURNING number)
     INSERT INTO id_conversion.unpublished_pairs SELECT 'users', number FROM made`,
  );
  const [users] = await Promise.all([start('user'), start('training')]);
  await eventually('the copy is what the map is', isEqual, 90_000);

  expect(await wantCopy(query(client('training')), 'users')).toBe(true);
  await eventually(
    'the training-service says that its copy is complete',
    async () => (await copyState(query(client('training')), 'users'))?.isComplete === true,
  );
  expect(await copyState(query(client('training')), 'users')).toMatchObject({
    pairs: String(8 * BATCH + 1),
    upTo: '1000000',
  });

  const found = await fetch(`${users}/id-map/users/1000000`);
  const [pair] = await query(client('training'))(
    `SELECT '1000000' AS number, id_conversion.uuid_of('users', 1000000) AS uuid`,
  );
  expect(await found.json()).toEqual(pair);
  expect((await fetch(`${users}/id-map/users/7000000`)).status).toBe(404);
});
