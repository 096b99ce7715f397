import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `question` every 20 ms until its answer is not undefined. Resolves with the answer, or with undefined
 * after `timeoutMs`. For states that the operating system lets us read but not wait for.
 */
export async function poll<T>(
  question: () => Promise<T | undefined>,
  timeoutMs: number,
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await pause(20);
  }
}
