/**
 * A migration's own code, on a session whose transaction belongs to the caller. What it does to that transaction decides
 * whether its rows and its record stay together, so it must leave it as it found it:
 *
 *   in a transaction    open, not failed, and nested no deeper than before
 *   outside one         none open
 *
 * TypeORM cannot tell: to it, a transaction within one is a savepoint, and it does not see statements that end one.
 * Postgres tells after every statement. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import type { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { Direction, Migration } from '../model';
import { watchStatements } from './watch-statements';

const ADVICE = 'or say `static transaction = false`, and it runs without a transaction around it';

/** `ended` the caller's transaction; `opened` one and left it open; went on in one that had `failed`. */
export type TransactionFault = 'ended' | 'opened' | 'failed';

/** What a migration did to the transaction, in words that follow its name. The caller rolls back what is open. */
export class TransactionMisused extends Error {
  override readonly name = 'TransactionMisused';

  constructor(
    readonly fault: TransactionFault,
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param transaction whether the caller has opened one for it
 * @throws TransactionMisused, and whatever the migration throws
 */
export async function runMigration(
  queryRunner: QueryRunner,
  { migrationClass }: Migration,
  direction: Direction,
  transaction: boolean,
): Promise<void> {
  const client = await clientOf(queryRunner);
  let ended: TransactionMisused | undefined;
  const watch = watchStatements(queryRunner, async (send, sql) => {
    if (ended) throw ended;
    try {
      return await send();
    } catch (error) {
      // Asked for the status alone: where the session is gone, the statement's own error is what is told.
      await transactionStatus(client).catch(() => undefined);
      throw error;
    } finally {
      // At once: whatever came after it would be committed statement by statement.
      if (transaction && client.getTransactionStatus() === 'I') ended = endedBy(sql);
    }
  });
  try {
    await new migrationClass()[direction](queryRunner);
  } catch (error) {
    throw ended ?? error;
  } finally {
    watch.stop();
  }
  if (ended) throw ended;
  const fault = await faultOf(queryRunner, transaction);
  if (fault) throw fault;
}

/** Undoes whatever transaction is open, savepoints first, also one that TypeORM does not know of. */
export async function rollBack(queryRunner: QueryRunner): Promise<void> {
  try {
    while (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction();
  } catch {
    // Where a statement of the migration ended a transaction, the savepoints that TypeORM believes in are gone. A connection
    // that cannot roll back at all is gone, too, and Postgres has undone its transaction. The caller tells the first error.
  }
  try {
    const client = await clientOf(queryRunner);
    if ((await transactionStatus(client)) !== 'I') await client.query('ROLLBACK');
  } catch {
    // As above.
  }
}

/** Whether a transaction is open, as of the last statement; one that has failed is open. */
export async function isTransactionOpen(queryRunner: QueryRunner): Promise<boolean> {
  return (await clientOf(queryRunner)).getTransactionStatus() !== 'I';
}

async function faultOf(
  queryRunner: QueryRunner,
  transaction: boolean,
): Promise<TransactionMisused | undefined> {
  const status = await transactionStatus(await clientOf(queryRunner));
  const depth = depthOf(queryRunner);
  if (!transaction)
    return status === 'I' && depth === 0 ? undefined : leftOpen('Commit it, or leave it out.');
  if (status === 'E') {
    return new TransactionMisused(
      'failed',
      'it caught the error of a statement and went on, but in a transaction Postgres then takes back everything. Prevent the ' +
        `error (IF EXISTS, IF NOT EXISTS), put a savepoint before the statement, ${ADVICE}.`,
    );
  }
  return status === 'T' && depth === 1
    ? undefined
    : leftOpen(`Take that out, because it runs in one already, ${ADVICE}.`);
}

function endedBy(sql: string): TransactionMisused {
  return new TransactionMisused(
    'ended',
    `it ended the transaction that the migrator runs it in, with ${JSON.stringify(sql.trim())}. Take that statement out, ${ADVICE}.`,
  );
}

function leftOpen(wayOut: string): TransactionMisused {
  return new TransactionMisused(
    'opened',
    `it opened a transaction (startTransaction, BEGIN) and did not end it. ${wayOut}`,
  );
}

/** The answer to a statement's error arrives before the status does, so this asks; an empty statement never fails. */
async function transactionStatus(client: Client): Promise<string | null> {
  await client.query('');
  return client.getTransactionStatus();
}

/** Of the savepoints that TypeORM has made; it keeps the number to itself. */
function depthOf(queryRunner: QueryRunner): number {
  return (queryRunner as unknown as { readonly transactionDepth: number }).transactionDepth;
}

async function clientOf(queryRunner: QueryRunner): Promise<Client> {
  return (await queryRunner.connect()) as Client;
}
