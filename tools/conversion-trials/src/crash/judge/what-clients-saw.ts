/**
 * Pure: what the clients of a run saw that they should not have seen. A server that is not there is no fault of the conversion, so the
 * times when we had killed it are left out: a connection that was lost then, and waiting for it.
 */
import {
  isConnectionLoss,
  longestStallBeyond,
  OK,
  type Period,
  type RequestLog,
} from '@hockey-hub/conversion-clients';

export interface ClientsSaw {
  readonly requests: number;
  /** Lost connections while the server was away. */
  readonly cutOff: number;
  /** Of any other kind, or at any other time: by SQLSTATE or code of the network, with the first message. */
  readonly errors: Readonly<Record<string, { readonly count: number; readonly first: string }>>;
  /** Undefined without requests. */
  readonly longestStall: Stall | undefined;
}

export interface Stall {
  /** Beyond recorded lock attempts and the server's absence, in milliseconds. */
  readonly ms: number;
  readonly request: string;
  /** When it should have begun: milliseconds since 1970. */
  readonly fromMs: number;
}

export interface ClientsSawFrom {
  readonly logs: readonly RequestLog[];
  /** Recorded lock attempts, and the times in which clients who had just come opened their connections. */
  readonly locksAndArrivals: readonly Period[];
  /** When the server was away: from its kill until it accepted connections again. */
  readonly outages: readonly Period[];
}

/** A pool may hand out a connection that is dead and does not know it yet. */
const NEWS_TRAVELS_MS = 500;

export function whatClientsSaw({ logs, locksAndArrivals, outages }: ClientsSawFrom): ClientsSaw {
  const excused = [...locksAndArrivals, ...outages];
  let cutOff = 0;
  const errors: Record<string, { count: number; first: string }> = {};
  for (const log of logs) {
    for (const [index, fromMs] of log.dueAtMs.entries()) {
      const code = log.outcomes[log.outcome[index]!]!;
      if (code === OK) continue;
      const request = { fromMs, toMs: fromMs + log.latencyMs[index]! };
      if (isConnectionLoss(code) && outages.some((outage) => meet(request, outage))) cutOff++;
      else (errors[code] ??= { count: 0, first: log.messages[code] ?? code }).count++;
    }
  }
  return {
    requests: logs.reduce((sum, { dueAtMs }) => sum + dueAtMs.length, 0),
    cutOff,
    errors,
    longestStall: longestStall(logs, excused),
  };
}

function longestStall(logs: readonly RequestLog[], excused: readonly Period[]): Stall | undefined {
  let longest: Stall | undefined;
  for (const log of logs) {
    for (const [index, fromMs] of log.dueAtMs.entries()) {
      // Most are shorter than the longest without looking at any lock.
      if (log.latencyMs[index]! <= (longest?.ms ?? -1)) continue;
      const alone = {
        ...log,
        dueAtMs: log.dueAtMs.slice(index, index + 1),
        latencyMs: log.latencyMs.slice(index, index + 1),
      };
      const ms = longestStallBeyond(alone, excused);
      if (ms > (longest?.ms ?? -1)) longest = { ms, request: log.requests[log.request[index]!]!, fromMs };
    }
  }
  return longest;
}

const meet = (request: Period, outage: Period): boolean =>
  request.fromMs < outage.toMs + NEWS_TRAVELS_MS && request.toMs > outage.fromMs;
