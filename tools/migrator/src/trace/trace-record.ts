/**
 * Pure: observations -> the locks and the work of a `MigrationTrace`. Owns the bookkeeping, knows neither Postgres nor
 * the clock: every time comes from the caller, in milliseconds.
 */
import { blocksOf, byStrength, stallsClients, strongestLocks } from './lock-modes';
import type { HeldLock, TableWork, TracedLock, WorkKind } from './migration-trace';
import type { KnownTable, Observation, ObservedLock, ObservedTable } from './observe-session';

interface OpenLock extends HeldLock {
  readonly since: number;
}

/** A statement that is running or has just ended. */
export interface StatementMoment {
  readonly statement: number;
  /** When it began. */
  readonly since: number;
}

export class TraceRecord {
  private readonly names: ReadonlyMap<number, string>;
  private readonly open = new Map<string, OpenLock>();
  private readonly closed = new Map<string, TracedLock>();
  private readonly work: TableWork[] = [];
  private baseline = new Map<number, ObservedTable>();

  constructor(tables: readonly KnownTable[]) {
    this.names = new Map(tables.map(({ oid, name }) => [oid, name]));
  }

  /** What the next observation is compared with. */
  compareWith({ tables }: Observation): void {
    this.baseline = new Map(tables.map((table) => [table.oid, table]));
  }

  /** Takes what a statement left behind, its transaction still open. */
  observed(observation: Observation, moment: StatementMoment, now: number): void {
    this.locksSeen(observation.locks, moment, now);
    this.workSeen(observation.tables, moment.statement);
    this.compareWith(observation);
  }

  /** Locks that are held now: new ones since the statement's start; those no longer among them have ended. */
  locksSeen(locks: readonly ObservedLock[], { statement, since }: StatementMoment, now: number): void {
    const held = new Map<string, { table: string; mode: string }>(
      locks.flatMap(({ oid, mode }) => {
        const table = this.names.get(oid);
        return table === undefined ? [] : [[`${oid} ${mode}`, { table, mode }] as const];
      }),
    );
    for (const key of [...this.open.keys()]) if (!held.has(key)) this.close(key, now);
    for (const [key, lock] of held) {
      if (!this.open.has(key)) this.open.set(key, { ...lock, blocks: blocksOf(lock.mode), statement, since });
    }
  }

  /** The transaction has ended, and with it every lock. */
  transactionEnded(now: number): void {
    for (const key of [...this.open.keys()]) this.close(key, now);
  }

  locks(): TracedLock[] {
    return [...this.closed.values()].sort((a, b) => compareNames(a.table, b.table) || byStrength(a, b));
  }

  tableWork(): TableWork[] {
    return [...this.work];
  }

  private close(key: string, now: number): void {
    const lock = this.open.get(key)!;
    this.open.delete(key);
    const { since, ...rest } = lock;
    const before = this.closed.get(key);
    const heldMs = Math.max(now - since, before?.heldMs ?? 0);
    this.closed.set(key, { ...rest, statement: before?.statement ?? lock.statement, heldMs });
  }

  private workSeen(tables: readonly ObservedTable[], statement: number): void {
    for (const now of tables) {
      const before = this.baseline.get(now.oid);
      const table = this.names.get(now.oid);
      if (before === undefined || table === undefined) continue;
      for (const kind of workBetween(before, now)) {
        this.work.push({ kind, table, statement, stalled: this.stalling() });
      }
    }
  }

  private stalling(): HeldLock[] {
    const locks = [...this.open.values()].map(({ since: _since, ...lock }) => lock);
    return strongestLocks(locks.filter(stallsClients));
  }
}

/** A rewrite reads every row, too, and says more than that. */
function workBetween(before: ObservedTable, now: ObservedTable): WorkKind[] {
  const scanned = now.scans > before.scans;
  const kinds: WorkKind[] = [];
  if (now.file !== before.file) kinds.push('rewrite');
  else if (scanned) kinds.push(now.changes > before.changes ? 'update' : 'scan');
  if (now.validForeignKeys.some((key) => !before.validForeignKeys.includes(key)))
    kinds.push('foreign-key-check');
  return kinds;
}

function compareNames(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
