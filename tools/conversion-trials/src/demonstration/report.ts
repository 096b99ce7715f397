/** Pure: what was seen -> what it means, in numbers; and what should not have been. */
import {
  longestStallBeyond,
  requestsWithin,
  summarize,
  type LatencySummary,
  type NamedPeriod,
  type Period,
  type RequestLog,
} from '@hockey-hub/conversion-clients';
import { wholeText } from '@hockey-hub/recorded-runs';
import { PHASES } from '../trial/phases';
import type { Demonstration } from './demonstrate';

export interface StageReport extends LatencySummary {
  readonly name: string;
  readonly seconds: number;
}

export interface DemonstrationReport {
  readonly users: number;
  readonly referringRows: number;
  /** Compared one by one, or by checksum; of rows that clients wrote in between too. */
  readonly references: number;
  /** How many of them are of rows that clients wrote. */
  readonly writtenReferences: number;
  /** References to nobody that the conversion kept aside. */
  readonly quarantined: number;
  readonly requests: number;
  readonly errors: number;
  readonly errorsByCode: Readonly<Record<string, number>>;
  /** Within the stages. */
  readonly longestMs: number;
  /** Whose wait that was: `open a session, in UpdateReferences`. */
  readonly longestOf: string;
  /** The longest outside of all recorded attempts at locks. */
  readonly longestBeyondLocksMs: number;
  readonly lockAttempts: number;
  readonly longestLockMs: number;
  readonly stages: readonly StageReport[];
  readonly kill: string;
  /** Empty when nothing was lost and no client saw an error. */
  readonly findings: readonly string[];
}

const MS_PER_SECOND = 1_000;

export function reportOf(seen: Demonstration): DemonstrationReport {
  const { options, seeded, stages, log, lockAttempts, quarantined, verified } = seen;
  const tables = verified instanceof Error ? [] : verified;
  const written = tables.reduce((sum, table) => sum + table.written, 0);
  const all = summarize(log);
  const staged = requestsWithin(log, stages);
  return {
    ...{ users: options.users, referringRows: seeded.referringRows },
    ...{
      references: tables.reduce((sum, table) => sum + table.references, written),
      writtenReferences: written,
    },
    quarantined: quarantined.kept,
    ...{ requests: all.requests, errors: all.errors, errorsByCode: all.errorsByCode },
    longestMs: summarize(staged).longestMs ?? 0,
    longestOf: longestText(staged, stages),
    longestBeyondLocksMs: longestStallBeyond(staged, lockAttempts),
    lockAttempts: lockAttempts.length,
    longestLockMs: Math.max(0, ...lockAttempts.map(({ fromMs, toMs }) => toMs - fromMs)),
    stages: stages.map((stage) => ({
      name: stage.name,
      seconds: secondsOf(stage),
      ...summarize(log, { period: stage }),
    })),
    kill: killText(seen),
    findings: findingsOf(seen, log),
  };
}

function longestText(log: RequestLog, stages: readonly NamedPeriod[]): string {
  const index = log.latencyMs.reduce((longest, ms, own) => (ms > log.latencyMs[longest]! ? own : longest), 0);
  const dueAtMs = log.dueAtMs[index];
  const stage = stages.find(
    ({ fromMs, toMs }) => dueAtMs !== undefined && dueAtMs >= fromMs && dueAtMs < toMs,
  );
  return stage ? `${log.requests[log.request[index]!]}, ${whereOf(stage)}` : 'nobody';
}

const whereOf = ({ name }: NamedPeriod): string =>
  PHASES.some((phase) => phase === name) ? `in ${name}` : name;

function findingsOf({ verified, quarantined }: Demonstration, log: RequestLog): string[] {
  const { errors } = summarize(log);
  return [
    ...(verified instanceof Error ? [verified.message] : []),
    ...(quarantined.found === quarantined.kept
      ? []
      : [
          `${quarantined.found} references were to nobody in the beginning, and ${quarantined.kept} were kept aside`,
        ]),
    ...(errors === 0
      ? []
      : [`clients saw errors, ${wholeText(errors)} in all: ${Object.values(log.messages).join('; ')}`]),
  ];
}

function killText({ kill, stages }: Demonstration): string {
  const phase = stages.find(({ fromMs, toMs }) => kill.atMs >= fromMs && kill.atMs <= toMs);
  if (!phase) throw new Error('the migrator was killed outside of all phases');
  const after = `${((kill.atMs - phase.fromMs) / MS_PER_SECOND).toFixed(1)} s into ${phase.name}`;
  if (!kill.filling) return after;
  const { what, doneRows, estimatedRows } = kill.filling;
  return `${after}, at row ${wholeText(doneRows)} of ${wholeText(Math.max(doneRows, estimatedRows))} of ${what}`;
}

const secondsOf = ({ fromMs, toMs }: Period): number => (toMs - fromMs) / MS_PER_SECOND;
