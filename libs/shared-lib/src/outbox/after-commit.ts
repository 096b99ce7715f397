/** Tells when a transaction that wrote events has been committed: the moment at which a relay has work. */
import type { EntitySubscriberInterface, QueryRunner } from 'typeorm';

/** Nothing else in `queryRunner.data` is called so. */
const WRITTEN = Symbol('events written by this transaction');

export function markWritten({ data }: QueryRunner): void {
  (data as Record<symbol, unknown>)[WRITTEN] = true;
}

/** A TypeORM subscriber that calls `onCommit` once for each committed transaction that wrote events. */
export class AfterCommit implements EntitySubscriberInterface {
  constructor(private readonly onCommit: () => void) {}

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    // Of a nested transaction only its savepoint is gone.
    if (!queryRunner.isTransactionActive && takeMark(queryRunner)) this.onCommit();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) takeMark(queryRunner);
  }
}

function takeMark({ data }: QueryRunner): boolean {
  const marks = data as Record<symbol, unknown>;
  const isMarked = marks[WRITTEN] === true;
  delete marks[WRITTEN];
  return isMarked;
}
