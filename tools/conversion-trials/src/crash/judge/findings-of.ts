/** Pure: a run -> the promises that it broke, in people's words. Rows that differ are told earlier, by who compares them. */
import type { CrashRun } from '../run/crash-run';

export interface Expectations {
  /** What a conversion leaves that nobody disturbed; undefined when that one failed itself. */
  readonly expected?: ReadonlySet<string>;
  readonly stallLimitMs: number;
}

export function findingsOf(
  { clients, leftovers, shape }: Pick<CrashRun, 'clients' | 'leftovers' | 'shape'>,
  { expected, stallLimitMs }: Expectations,
): string[] {
  const errors = Object.entries(clients.errors).map(
    ([code, { count, first }]) => `clients saw the error ${code} ${count} times; the first: ${first}`,
  );
  const stall =
    clients.longestStallMs <= stallLimitMs
      ? []
      : [
          `a client waited ${Math.round(clients.longestStallMs)} ms beyond recorded lock attempts, and ${stallLimitMs} are allowed`,
        ];
  const missing = [...(expected ?? [])]
    .filter((fact) => !shape.has(fact))
    .map((fact) => `missing in the end: ${fact}`);
  const added = [...(expected ? shape : [])]
    .filter((fact) => !expected?.has(fact))
    .map((fact) => `too much in the end: ${fact}`);
  return [...errors, ...stall, ...leftovers, ...missing, ...added];
}
