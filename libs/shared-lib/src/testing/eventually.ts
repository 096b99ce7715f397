import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 25;

/**
 * Asks until the answer is yes.
 * @throws Error that names what did not happen, after `timeoutMs`
 */
export async function eventually(
  what: string,
  isSo: () => Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`after ${timeoutMs} ms still not so: ${what}`);
    await sleep(PAUSE_MS);
  }
}
