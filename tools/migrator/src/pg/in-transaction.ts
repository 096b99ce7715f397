/** A transaction of a session that is in none: committed, or rolled back when its work throws. */
import type { Query } from './query';

/** How a session is told so; a driver may have its own way. */
export interface TransactionControl {
  begin(): Promise<unknown>;
  commit(): Promise<unknown>;
  rollBack(): Promise<unknown>;
}

export const transactionControlOf = (query: Query): TransactionControl => ({
  begin: () => query('BEGIN'),
  commit: () => query('COMMIT'),
  rollBack: () => query('ROLLBACK'),
});

/** @throws whatever `work` or the commit throws */
export async function inTransaction<T>(control: TransactionControl, work: () => Promise<T>): Promise<T> {
  await control.begin();
  try {
    const result = await work();
    await control.commit();
    return result;
  } catch (error) {
    // The error that led here is the one to tell; a session that cannot roll back is gone, and its transaction with it.
    await control.rollBack().catch(() => undefined);
    throw error;
  }
}
