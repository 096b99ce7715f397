/** An id map on its way from the service that owns it to one that refers to it, on real servers. */
import { eventually, useNats } from '../testing';
import { useIdMaps } from './specimen/use-id-maps';

jest.setTimeout(120_000);

const nats = useNats();
const world = useIdMaps(nats);
const both = () => Promise.all([world.convert('owner'), world.convert('follower')]);
const start = () => Promise.all([world.startOwner(), world.startFollower()]);

test('a hundred thousand pairs of a backfill arrive, negative and large numbers too', async () => {
  await both();
  await start();
  await world.joined();
  for (let from = -20_000; from < 80_000; from += 20_000) await world.fill(from, from + 19_999);
  await world.fill(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await world.ask(
    'owner',
    `INSERT INTO id_conversion.users_ids VALUES (9223372036854775807, gen_random_uuid())`,
  );
  await world.ask(
    'owner',
    `INSERT INTO id_conversion.unpublished_pairs VALUES ('users', 9223372036854775807)`,
  );
  await world.equal();
  await world.quiet();
  expect(await world.deadLetters()).toEqual([]);
});

test('the pair of a new row arrives within a second, while a backfill goes on', async () => {
  await both();
  await start();
  await world.joined();
  // Until the owner's loop has noticed that a conversion has begun.
  await world.makePair(-1);
  await world.equal();
  const filling = (async () => {
    for (let from = 0; from < 200_000; from += 20_000) await world.fill(from, from + 19_999);
  })();
  const delays: number[] = [];
  for (const number of [1_000_001, 1_000_002, 1_000_003]) {
    await world.makePair(number);
    const madeAt = performance.now();
    await eventually(`pair ${number} is there`, async () => {
      const rows = await world.ask('follower', 'SELECT FROM id_conversion.users_ids WHERE number = $1', [
        number,
      ]);
      return rows.length === 1;
    });
    delays.push(performance.now() - madeAt);
  }
  await filling;
  await world.equal();
  expect(Math.min(...delays)).toBeLessThan(1_000);
  expect(Math.max(...delays)).toBeLessThan(5_000);
});
