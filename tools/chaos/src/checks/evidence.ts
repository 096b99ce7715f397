/** What the databases say when a run is over, as the checks take it: plain data, read by evidence/. */

/** One row of a service's outbox when it was written, told by a trigger of the test. */
export interface WrittenEvent {
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly sequence: number;
  /** The listeners it was to reach. */
  readonly awaiting: readonly string[];
}

/** One change of how far a listener has processed an aggregate id, in the order of the changes; told by a trigger. */
export interface ProcessedStep {
  readonly source: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly before: number;
  readonly after: number;
  /** Of the transaction. */
  readonly transactionId: string;
}

/** One write of a read model's row, in the order of the writes; told by a trigger. */
export interface StoredStep {
  readonly table: string;
  readonly id: string;
  /** Undefined for a row that was made. */
  readonly before?: number;
  readonly after: number;
  readonly transactionId: string;
}

/** The sequence of a row that no event changes any more. */
export const NO_MORE_NEWS = Number.MAX_SAFE_INTEGER;

export interface DeadLetterRow {
  readonly id: string;
  readonly subject: string;
  readonly code: string;
  readonly error: string;
  /** In hexadecimal digits. */
  readonly message: string;
}

/** Of one service: what it published and what it received. */
export interface ServiceEvidence {
  readonly service: string;
  readonly written: readonly WrittenEvent[];
  readonly processed: readonly ProcessedStep[];
  readonly stored: readonly StoredStep[];
  /** `outbox_aggregates`: the owner's own count. */
  readonly counters: readonly Counter[];
  /** `inbox_aggregates`: the listener's. */
  readonly inboxCounters: readonly (Counter & { readonly source: string })[];
  readonly outboxRows: number;
  readonly inboxRows: number;
  readonly deadLetters: readonly DeadLetterRow[];
}

export interface Counter {
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly lastSequence: number;
}

/** A read model beside what it is a copy of. */
export interface ReadModelEvidence {
  readonly listener: string;
  readonly table: string;
  readonly owner: string;
  readonly ownerTable: string;
  /** The read model's columns that the owner has, too. */
  readonly columns: readonly string[];
  readonly rows: readonly KnownRowEvidence[];
  readonly ownerRows: readonly OwnerRow[];
}

export type ColumnValues = Readonly<Record<string, unknown>>;

export interface OwnerRow {
  readonly id: string;
  readonly values: ColumnValues;
}

export interface KnownRowEvidence extends OwnerRow {
  readonly isDeleted: boolean;
  readonly sequence: number;
}
