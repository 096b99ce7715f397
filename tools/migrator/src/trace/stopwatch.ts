/** A clock that stands still while it is told to: what is measured does not count the measuring. */
export interface Stopwatch {
  /** Milliseconds since the start, pauses left out. */
  now(): number;
  /** Stands still until `work` has ended. */
  pause<T>(work: () => Promise<T>): Promise<T>;
}

export function startStopwatch(read: () => number = () => performance.now()): Stopwatch {
  const startedAt = read();
  let pausedMs = 0;
  return {
    now: () => read() - startedAt - pausedMs,
    pause: async (work) => {
      const pausedAt = read();
      try {
        return await work();
      } finally {
        pausedMs += read() - pausedAt;
      }
    },
  };
}
