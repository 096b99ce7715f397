/** Faults that end processes: as the kernel would when memory runs out, without a last word. */
import { withDeafListeners } from './deaf-listeners';
import type { Fault } from './fault';

/** A service or a relay. */
export const killProcess: Fault = ({ world, target, alone, last }) =>
  alone(target, async () => {
    const process = world.process(target);
    await process.kill();
    await last();
    process.start();
  });

export const killNats: Fault = ({ world, alone, last }) =>
  alone('nats', async () => {
    await world.nats.kill();
    await last();
    await world.nats.restart();
  });

/** Streams, consumers and events that are published and acknowledged, and that no listener has heard of yet. */
export const loseStore: Fault = ({ world, alone, last, tap, provoked }) =>
  alone('nats', () =>
    withDeafListeners(world, async () => {
      const from = tap.count;
      await last();
      await world.nats.kill();
      provoked.eventsLostWithStore += tap.count - from;
      await world.nats.loseStore();
      await world.nats.restart();
    }),
  );

/** The postmaster and its sessions; what was committed is in the log, and is recovered from there. */
export const crashPostgres: Fault = ({ world, alone, last }) =>
  alone('postgres', async () => {
    await world.postgres.kill();
    await last();
    await world.postgres.restart();
  });

/** As for an update: every session is ended by the administrator. */
export const restartPostgres: Fault = ({ world, alone }) => alone('postgres', () => world.postgres.restart());
