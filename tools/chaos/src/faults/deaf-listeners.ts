import { PROCESSES } from '../world/topology';
import type { World } from '../world/world';

/**
 * While the work goes on no listener hears anything of NATS, so what the relays publish is in the stream and nowhere else.
 * Listeners are told nothing: their connections are held up.
 */
export async function withDeafListeners(world: World, work: () => Promise<void>): Promise<void> {
  const listeners = PROCESSES.filter(({ role }) => role === 'service');
  const proxies = listeners.flatMap(({ name }) => world.proxiesOf(`${name}>nats`));
  const lifts = proxies.map((proxy) => proxy.stall());
  try {
    await work();
  } finally {
    await Promise.all(lifts.map((lift) => lift()));
  }
}
