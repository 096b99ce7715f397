/** Pure: a run -> the promises that it broke, in people's words. Rows that differ are told earlier, by who compares them. */
import type { CarriedOutKill } from '../run/carried-out-kill';
import type { CrashRun } from '../run/crash-run';
import type { Stall } from './what-clients-saw';

export interface Expectations {
  /** What a conversion leaves that nobody disturbed; undefined when that one failed itself. */
  readonly expected?: ReadonlySet<string>;
  readonly stallLimitMs: number;
  /** Of this run, in their order. */
  readonly kills: readonly CarriedOutKill[];
}

export function findingsOf(
  { clients, leftovers, shape }: Pick<CrashRun, 'clients' | 'leftovers' | 'shape'>,
  { expected, stallLimitMs, kills }: Expectations,
): string[] {
  const errors = Object.entries(clients.errors).map(
    ([code, { count, first }]) => `clients saw the error ${code} ${count} times; the first: ${first}`,
  );
  const { longestStall } = clients;
  const stall =
    !longestStall || longestStall.ms <= stallLimitMs ? [] : [stallText(longestStall, stallLimitMs, kills)];
  const missing = [...(expected ?? [])]
    .filter((fact) => !shape.has(fact))
    .map((fact) => `missing in the end: ${fact}`);
  const added = [...(expected ? shape : [])]
    .filter((fact) => !expected?.has(fact))
    .map((fact) => `too much in the end: ${fact}`);
  return [...errors, ...stall, ...leftovers, ...missing, ...added];
}

function stallText(
  { ms, request, fromMs }: Stall,
  limitMs: number,
  kills: readonly CarriedOutKill[],
): string {
  const before = kills.findLast(({ outcome, atMs }) => outcome === 'killed' && atMs <= fromMs + ms);
  const when = before
    ? `${Math.round((fromMs - before.atMs) / 100) / 10} s after a kill in ${before.phase} (${before.where})`
    : 'before anything was killed';
  return `a client waited ${Math.round(ms)} ms beyond recorded lock attempts ("${request}", ${when}), and ${limitMs} are allowed`;
}
