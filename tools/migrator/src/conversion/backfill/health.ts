/** Pure but for its memory of the signs before: signs -> what speaks against going on, and how long a batch may take. */
import type { Signs } from './signs';

export interface HealthLimits {
  /** A standby further behind than this is waited for. */
  readonly replicationLagBytes: number;
  /** Checkpoints that come faster than this, because of us, make clients wait for the disk. */
  readonly secondsBetweenCheckpoints: number;
  /** A vacuum of the table goes first for so long; it does not hinder a fill, but both want the same pages. */
  readonly vacuumFirstMs: number;
}

export const HEALTH_LIMITS: HealthLimits = {
  replicationLagBytes: 256 * 1024 * 1024,
  secondsBetweenCheckpoints: 10,
  vacuumFirstMs: 2_000,
};

/** What can close the gate; each for its own reason. */
export type Sign = 'paused' | 'replication lag' | 'WAL rate' | 'vacuum' | 'waiting clients';

export interface Verdict {
  readonly targetBatchMs: number;
  readonly against: ReadonlyMap<Sign, string>;
}

/** Clients that wait behind us make batches shorter at once, and longer again slowly. */
const SHORTER = 0.5;
const LONGER = 1.1;
const SHORTEST = 0.1;

const MB = 1024 * 1024;

export class Health {
  private before: { readonly walBytes: number; readonly atMs: number } | undefined;
  private vacuum: { readonly pid: number; readonly sinceMs: number } | undefined;
  private share = 1;

  constructor(private readonly limits: HealthLimits = HEALTH_LIMITS) {}

  /** @param nowMs of a clock that only goes forward */
  judge(signs: Signs, nowMs: number): Verdict {
    const against = new Map<Sign, string>();
    const note = (sign: Sign, why: string | undefined) => {
      if (why !== undefined) against.set(sign, why);
    };
    note('paused', signs.isPaused ? 'paused by command' : undefined);
    note('replication lag', this.replicationLag(signs));
    note('WAL rate', this.walRate(signs, nowMs));
    note('vacuum', this.vacuumOf(signs, nowMs));
    note('waiting clients', this.waitingClients(signs));
    return { targetBatchMs: signs.targetBatchMs * this.share, against };
  }

  private replicationLag({ replicationLagBytes }: Signs): string | undefined {
    if (replicationLagBytes <= this.limits.replicationLagBytes) return undefined;
    return `a standby is ${Math.round(replicationLagBytes / MB)} MB behind`;
  }

  /** Everybody's WAL counts, not ours alone: the disk and the checkpoints are everybody's. */
  private walRate({ walBytes, checkpointBytes }: Signs, nowMs: number): string | undefined {
    const { before } = this;
    this.before = { walBytes, atMs: nowMs };
    if (!before || nowMs <= before.atMs) return undefined;
    const perSecond = ((walBytes - before.walBytes) / (nowMs - before.atMs)) * 1_000;
    if (perSecond * this.limits.secondsBetweenCheckpoints <= checkpointBytes) return undefined;
    const seconds = Math.max(1, Math.round(checkpointBytes / perSecond));
    return `${Math.round(perSecond / MB)} MB of WAL a second would force a checkpoint every ${seconds} s: raise max_wal_size`;
  }

  private vacuumOf({ vacuum }: Signs, nowMs: number): string | undefined {
    if (vacuum === null) {
      this.vacuum = undefined;
      return undefined;
    }
    if (this.vacuum?.pid !== vacuum) this.vacuum = { pid: vacuum, sinceMs: nowMs };
    if (nowMs - this.vacuum.sinceMs >= this.limits.vacuumFirstMs) return undefined;
    return `the table is being vacuumed (process ${vacuum})`;
  }

  private waitingClients({ longestWaitMs, targetBatchMs }: Signs): string | undefined {
    if (longestWaitMs <= targetBatchMs) {
      this.share = Math.min(1, this.share * LONGER);
      return undefined;
    }
    this.share = Math.max(SHORTEST, this.share * SHORTER);
    return `a client has waited ${Math.round(longestWaitMs)} ms for a batch`;
  }
}
