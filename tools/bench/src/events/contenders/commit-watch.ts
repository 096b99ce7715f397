import type { EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import type { OnCommitted } from './contender';

/** A TypeORM subscriber that tells of what handlers did as soon as the transaction that they did it in is committed. */
export class CommitWatch implements EntitySubscriberInterface {
  onCommitted: OnCommitted = () => undefined;
  private readonly open = new WeakMap<QueryRunner, number[]>();

  add({ queryRunner }: EntityManager, sentAtUs: number): void {
    const events = this.open.get(queryRunner!);
    if (events) events.push(sentAtUs);
    else this.open.set(queryRunner!, [sentAtUs]);
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    // Of a nested transaction only its savepoint is gone.
    if (queryRunner.isTransactionActive) return;
    for (const sentAtUs of this.open.get(queryRunner) ?? []) this.onCommitted(sentAtUs);
    this.open.delete(queryRunner);
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) this.open.delete(queryRunner);
  }
}
