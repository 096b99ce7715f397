import { eventually, useNats } from '../../testing';
import { useTwoServices } from '../specimen/use-two-services';

jest.setTimeout(60_000);

const world = useTwoServices(useNats());

test('a page of large states is answered in parts that a message can hold', async () => {
  const { owner } = await world.startOwner();
  for (let id = 0; id < 30; id += 1) await owner.save(String(id), { name: 'x'.repeat(100_000), size: id });
  await world.startListener();
  await eventually(
    'everything is taken over',
    async () =>
      (await world.ask('listener', `SELECT FROM inbox_subscriptions WHERE joined_at IS NOT NULL`)).length ===
      1,
    10_000,
  );
  expect(await world.ask('listener', 'SELECT FROM squads')).toHaveLength(30);
});
