import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 20;
const GIVE_UP_MS = 30_000;

/**
 * Asks until there is an answer: for what no process announces.
 * @throws Error naming `what` after 30 s
 */
export async function waitUntil<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await pause(POLL_MS);
  }
}
