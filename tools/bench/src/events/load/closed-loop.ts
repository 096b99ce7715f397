import { nowUs, US_PER_SECOND } from './clock';
import type { Write, Written } from './load';

/** Rejects with the first error of a write. */
export async function closedLoop(writers: number, seconds: number, write: Write): Promise<Written> {
  const startedAtUs = nowUs();
  const untilUs = startedAtUs + seconds * US_PER_SECOND;
  let events = 0;
  const writer = async (): Promise<void> => {
    for (let at = nowUs(); at < untilUs; at = nowUs()) {
      await write(at);
      events++;
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return { events, startedAtUs };
}
