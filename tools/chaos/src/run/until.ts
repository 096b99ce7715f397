import { pause } from '../writers/writer';

const ASK_EVERY_MS = 250;

/**
 * Asks until nothing is missing any more, twice in a row.
 * @returns what was missing the last time; empty when all was well within `timeoutMs`
 */
export async function untilNothing(
  whatIsMissing: () => Promise<readonly string[]>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const deadline = Date.now() + timeoutMs;
  for (let calm = 0; ;) {
    const missing = await whatIsMissing();
    calm = missing.length === 0 ? calm + 1 : 0;
    if (calm === 2) return [];
    if (Date.now() >= deadline || signal.aborted)
      return missing.length > 0 ? missing : ['it has only just become quiet'];
    await pause(ASK_EVERY_MS, signal);
  }
}
