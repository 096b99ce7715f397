/** What a client can ask for, and what it needs to know for it. */
import type { DatabaseName, IdKind } from '../client-group';
import type { RandomSource } from '@hockey-hub/seeded-random';
import type { KnownUsers } from './known-users';
import type { LedgerTable } from './ledger';
import type { SampledRows } from './sampled-rows';

export type Row = Readonly<Record<string, unknown>>;

export interface RequestContext {
  readonly ids: IdKind;
  readonly random: RandomSource;
  /** Users whose ids the group of clients knows. */
  readonly users: KnownUsers;
  /** Rows with keys that are not converted: all clients know the same. */
  readonly rows: SampledRows;
  /** Text that no other row has. */
  unique(): string;
}

/** The row that a statement writes, with the ids that it then refers to. */
export interface PlannedWrite {
  readonly table: LedgerTable;
  readonly key: string;
  readonly references: readonly string[];
  /** Whether the row has been there before. */
  readonly isUpdate: boolean;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Of a prepared statement: the same text each time. */
  readonly name?: string;
  readonly writes?: PlannedWrite;
  /** What the answer says about the row written that was not known before. */
  readonly written?: (row: Row) => Partial<Pick<PlannedWrite, 'key' | 'references'>>;
}

export interface Request {
  /** As in results. */
  readonly name: string;
  readonly database: DatabaseName;
  /** How often, in proportion to the others. */
  readonly weight: number;
  /** Undefined when nothing is known yet that could be asked about. */
  compose(context: RequestContext): Statement | undefined;
}
