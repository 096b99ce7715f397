/** What a plan did to copies of the databases. */

/** What one step did to a copy of its database. */
export interface RehearsedStep {
  readonly id: string;
  readonly service: string;
  readonly migration: string;
  readonly durationMs: number;
  /** Those that keep readers or writers of a table waiting; tables as they were called before the step. */
  readonly locks: readonly RehearsedLock[];
  /** Tables that got a new file: the time for it grows with their rows. */
  readonly rewritten: readonly string[];
  /** Of write-ahead log. */
  readonly walBytes: number;
  /** By how much the database grew. */
  readonly diskBytes: number;
}

export interface RehearsedLock {
  readonly table: string;
  /** As pg_locks spells it. */
  readonly mode: string;
  readonly blocks: string;
  readonly heldMs: number;
}

/** One table's number of rows before and after; null where there is no such table. */
export interface RowChange {
  readonly service: string;
  readonly table: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** A plan that went well on copies of the databases: plain JSON, kept under its fingerprint. */
export interface RehearsalReport {
  readonly fingerprint: string;
  /** ISO 8601, UTC. */
  readonly rehearsedAt: string;
  /** `user@host` */
  readonly rehearsedBy: string;
  /** Where the rows came from, in words, by service. */
  readonly sources: Readonly<Record<string, string>>;
  readonly steps: readonly RehearsedStep[];
  /** Tables whose number of rows changed, that came or that went. */
  readonly rowChanges: readonly RowChange[];
  /** Whether `migrate` would run this very plan on the real databases, as they were when this was rehearsed. */
  readonly current: boolean;
}
