/** What one migration did to the tables that were there before it: facts, no judgement. Plain JSON. */
import type { Blocks } from './lock-modes';

export interface TracedLock {
  /** `qualifiedName` of a table or view, as it was called before the migration. */
  readonly table: string;
  /** As pg_locks spells it: `AccessExclusiveLock`. */
  readonly mode: string;
  readonly blocks: Blocks;
  /** The longest time in one piece, from the start of the statement that took it to the end of its transaction. */
  readonly heldMs: number;
  /** Index of the statement that took it first. */
  readonly statement: number;
}

/**
 * Work that takes longer the more rows the table has:
 *
 * - `scan`: every row was read, also to build an index or to check a constraint
 * - `update`: every row was read, and rows were changed or deleted
 * - `rewrite`: the table got a new file
 * - `foreign-key-check`: every row was checked against another table
 */
export type WorkKind = 'scan' | 'update' | 'rewrite' | 'foreign-key-check';

export interface TableWork {
  readonly kind: WorkKind;
  readonly table: string;
  /** Index of the statement that did it. */
  readonly statement: number;
  /** The strongest lock per table that was held meanwhile and that readers or writers of that table waited for. */
  readonly stalled: readonly HeldLock[];
}

export type HeldLock = Pick<TracedLock, 'table' | 'mode' | 'blocks' | 'statement'>;

export interface MigrationTrace {
  readonly migration: string;
  /** Whether its statements shared one transaction. */
  readonly transaction: boolean;
  /** Without the time that watching took. */
  readonly durationMs: number;
  /** In order, parameters in place. */
  readonly statements: readonly string[];
  /** For each statement the line of the migration's file that sent it, from 1; null where it is not known. */
  readonly lines: readonly (number | null)[];
  /** On tables that existed before, sorted by table, strongest first. */
  readonly locks: readonly TracedLock[];
  readonly work: readonly TableWork[];
  /** Tables that existed before and got a new file, sorted. */
  readonly rewritten: readonly string[];
  /** Bytes of write-ahead log, of the whole server: others who write at the same time are counted, too. */
  readonly walBytes: number;
  /** By how much the database grew. */
  readonly diskBytes: number;
}
