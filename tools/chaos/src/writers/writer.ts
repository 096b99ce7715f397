/** One stream of requests, one after the other, at random and from the seed, until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RandomSource } from '@hockey-hub/seeded-random';
import type { Request, Requests, Reply } from './requests';
import type { Town } from './town';

export interface WriterTools {
  readonly name: string;
  readonly requests: Requests;
  readonly town: Town;
  readonly random: RandomSource;
}

/** Between two requests, on average. */
const PAUSE_MS = 120;
/** When nobody listens. */
const LONGER_PAUSE_MS = 400;

export abstract class Writer {
  constructor(protected readonly tools: WriterTools) {}

  /** One request, or none when there is nothing to ask for. */
  protected abstract step(): Promise<Reply | undefined>;

  async run(signal: AbortSignal): Promise<void> {
    const { random } = this.tools;
    while (!signal.aborted) {
      const reply = await this.step();
      const meanMs = reply?.outcome === 'not-sent' ? LONGER_PAUSE_MS : PAUSE_MS;
      await pause(random.waitingMs(meanMs), signal);
    }
  }

  protected send(request: Omit<Request, 'writer'>): Promise<Reply> {
    const { requests, name } = this.tools;
    return requests.send({ ...request, writer: name });
  }
}

/** Ends early, and without an error, when the signal comes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
