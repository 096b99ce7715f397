/** After the last fault: waits until nothing is on its way any more. */
import { wordsOf } from '../errors';
import type { Watcher } from '../watch/watcher';
import type { World } from '../world/world';
import { countUnfinishedSagas } from './read-sagas';
import { throwIfInterrupted } from './run-tools';
import { untilNothing } from './until';

export const QUIET_TIMEOUT_MS = 120_000;

/** @returns what still went on after two minutes. @throws ChaosError INTERRUPTED */
export async function awaitQuiet(
  world: World,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const unrest = await untilNothing(() => unrestIn(world, watcher), QUIET_TIMEOUT_MS, signal);
  throwIfInterrupted(signal);
  return unrest;
}

async function unrestIn(world: World, watcher: Watcher): Promise<string[]> {
  if (world.notListening.length > 0) return world.notListening.map((name) => `${name} does not listen`);
  const [sagas] = await Promise.allSettled([countUnfinishedSagas(world)]);
  // Right after a fault the service may still be without its database.
  const goingOn =
    sagas.status === 'rejected'
      ? [`the sagas cannot be counted: ${wordsOf(sagas.reason)}`]
      : sagasText(sagas.value);
  return [...goingOn, ...(await watcher.unrest())];
}

function sagasText(count: number): string[] {
  return count === 0 ? [] : [`${count} saga(s) go on`];
}
