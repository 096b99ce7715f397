/** Who calls the migrator's function for rows that wait for pairs, and what is asked of a database without a conversion. */
import { DataSource } from 'typeorm';
import { eventually, useNats } from '../testing';
import { useIdMaps } from './specimen/use-id-maps';

jest.setTimeout(120_000);

const nats = useNats();
const world = useIdMaps(nats);

test('whoever stores pairs has their rows filled, and what could not be filled then is tried now and then', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  await world.ask('follower', 'CREATE TABLE fills (map text, numbers bigint[])');
  await world.ask(
    'follower',
    `CREATE FUNCTION id_conversion.fill_waiting(map text, numbers bigint[]) RETURNS bigint LANGUAGE sql AS
       'INSERT INTO public.fills VALUES ($1, $2); SELECT 0::bigint'`,
  );
  await world.ask('follower', 'INSERT INTO id_conversion.users_ids VALUES (1, gen_random_uuid())');
  await Promise.all([world.startOwner(), world.startFollower()]);
  await world.joined();
  await world.makePair(2);
  await world.makePair(3);
  const fills = () =>
    world.ask<{ map: string; number: number | null }>(
      'follower',
      'SELECT DISTINCT map, unnest(coalesce(numbers, ARRAY[NULL]::bigint[]))::int AS number FROM fills ORDER BY number',
    );
  await eventually('all were called', async () => (await fills()).length === 3);
  expect(await fills()).toEqual([2, 3, null].map((number) => ({ map: 'users', number })));
});

test('a database without a conversion is asked whether it has one, by statements that cannot fail', async () => {
  const asked = jest.spyOn(DataSource.prototype, 'query');
  try {
    const { app } = await world.startOwner();
    await world.startFollower();
    await eventually('each loop has looked', async () => {
      const looks = asked.mock.calls.filter(([sql]) => sql.includes('to_reg'));
      return ['id_maps', 'unpublished_pairs', 'fill_waiting'].every((name) =>
        looks.some(([sql]) => sql.includes(name)),
      );
    });
    await app.close();
    const others = asked.mock.calls.filter(
      ([sql]) => sql.includes('id_conversion') && !/^\s*SELECT to_reg/.test(sql),
    );
    expect(others).toEqual([]);
  } finally {
    asked.mockRestore();
  }
});
