import { useNats } from '../testing';
import { useTwoServices } from './specimen/use-two-services';

jest.setTimeout(60_000);

const nats = useNats();
const world = useTwoServices(nats);

test('a service that never reached NATS is closed without delay', async () => {
  await nats().kill();
  try {
    const { app } = await world.startOwner();
    const listener = await world.startListener();
    const closing = Promise.all([app.close(), listener.app.close()]).then(() => 'closed');
    const late = new Promise((resolve) => setTimeout(resolve, 8_000, 'still waiting').unref());
    expect(await Promise.race([closing, late])).toBe('closed');
  } finally {
    await nats().restart();
  }
});
