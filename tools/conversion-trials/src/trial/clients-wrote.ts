import type { ConversionTrial } from './conversion-trial';
import { eventually } from '@hockey-hub/shared-lib/src/testing/eventually';

/** Enough that each kind of request comes about, the rarest once or twice. */
const REQUESTS = 80;

/** Resolves when the clients that are there have been answered so often since. @throws Error when they are not */
export async function clientsWrote({ clients }: ConversionTrial, requests = REQUESTS): Promise<void> {
  const { running } = clients;
  if (!running) throw new Error('no client is there that could write');
  // What others have made meanwhile is read and referred to as well.
  await running.learn();
  const { ended } = await running.count();
  await eventually(
    `${requests} requests have ended`,
    async () => (await running.count()).ended >= ended + requests,
  );
}
