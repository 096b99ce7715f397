/** Two services on real servers: what is written in one is done in the other, once and in order, whatever breaks. */
import { useNats } from '../testing';
import { useTwoServices } from './specimen/use-two-services';

const nats = useNats();
const world = useTwoServices(nats);

test('what is committed in one service is done in the other, and then forgotten by the outbox', async () => {
  const { owner } = await world.start();
  await owner.save('a', { name: 'juniors', size: 20 });
  await owner.save('a', { name: 'juniors', size: 21 });
  await owner.delete('a');
  await world.quiet();
  expect(await world.heard()).toEqual([
    { id: 'a', sequence: 1, name: 'juniors' },
    { id: 'a', sequence: 2, name: 'juniors' },
    { id: 'a', sequence: 3, name: 'deleted' },
  ]);
});
