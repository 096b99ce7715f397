/** Pure: a crash test -> what is told of it. */
import { PHASES, type PhaseName } from '../../trial/phases';
import type { CrashOptions } from '../options';
import type { CarriedOutKill } from '../run/carried-out-kill';
import type { CrashTest } from '../run/crash-test';
import { KILL_KINDS, type KillKind } from '../schedule/kills';

export interface CrashReport {
  readonly seed: number;
  /** What has the same kills again. */
  readonly command: string;
  /** Processor, system, Node and Postgres. */
  readonly machine: string;
  readonly minutes: number;
  readonly runs: number;
  readonly killed: number;
  /** By kind, and there by phase. Those that came too late are left out. */
  readonly killedBy: Readonly<Record<KillKind, Readonly<Record<PhaseName, number>>>>;
  /** How many different ones killed, and how many were seen. */
  readonly faultPoints: { readonly killed: number; readonly seen: number };
  /** Compared with what they were before, and with what the clients that wrote them know. */
  readonly references: { readonly untouched: number; readonly written: number };
  readonly requests: number;
  /** Requests whose connection was lost while the server was away. */
  readonly cutOff: number;
  /** Of all other kinds. */
  readonly errors: number;
  readonly lockAttempts: number;
  readonly longestStallMs: number;
  readonly stallLimitMs: number;
  readonly outages: CrashTest['outages'];
  readonly findings: readonly string[];
  readonly kills: readonly CarriedOutKill[];
}

export function crashReport(test: CrashTest, options: CrashOptions, machine: string): CrashReport {
  const { runs, kills, faultPoints, findings, outages, tookMs } = test;
  const killed = kills.filter(({ outcome }) => outcome === 'killed');
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
  const places = killed.flatMap(({ kind, where }) => (kind === 'fault-point' ? [where] : []));
  return {
    ...{
      seed: options.seed,
      command: commandOf(options, runs.length),
      machine,
      minutes: Math.round(tookMs / 6_000) / 10,
      runs: runs.length,
    },
    ...{ killed: killed.length, killedBy: countKills(killed) },
    faultPoints: { killed: new Set(places).size, seen: faultPoints.size },
    references: {
      untouched: sum(({ verified }) => verified.reduce((total, { references }) => total + references, 0)),
      written: sum(({ verified }) => verified.reduce((total, { written }) => total + written, 0)),
    },
    ...{ requests: sum(({ clients }) => clients.requests), cutOff: sum(({ clients }) => clients.cutOff) },
    errors: sum(({ clients }) =>
      Object.values(clients.errors).reduce((total, { count }) => total + count, 0),
    ),
    lockAttempts: sum(({ lockAttempts }) => lockAttempts),
    longestStallMs: Math.max(0, ...runs.map(({ clients }) => clients.longestStall?.ms ?? 0)),
    ...{ stallLimitMs: options.stallLimitMs, outages, findings, kills },
  };
}

function countKills(killed: readonly CarriedOutKill[]): CrashReport['killedBy'] {
  const kinds = Object.keys(KILL_KINDS) as KillKind[];
  const count = (kind: KillKind, phase: PhaseName) =>
    killed.filter((kill) => kill.kind === kind && kill.phase === phase).length;
  const byPhase = (kind: KillKind) => Object.fromEntries(PHASES.map((phase) => [phase, count(kind, phase)]));
  return Object.fromEntries(kinds.map((kind) => [kind, byPhase(kind)])) as CrashReport['killedBy'];
}

/** The number of runs and not the minutes, which have more runs on a faster machine. */
function commandOf({ seed, size, postgresMajor, idMaps, exhaustive }: CrashOptions, runs: number): string {
  return [
    `node tools/conversion-trials/bin/crash.js --seed ${seed} --runs ${Math.max(1, runs)} --minutes 1440`,
    `--kills ${size.killsPerPhase} --users ${size.leastUsers} --postgres ${postgresMajor}`,
    ...(idMaps ? [`--id-maps ${idMaps}`] : []),
    ...(exhaustive ? ['--exhaustive'] : []),
  ].join(' ');
}
