/** One request of one client, from its statement to what is known afterwards. */
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { isConnectionLoss } from './connection-loss';
import type { KnownUsers } from './known-users';
import type { Ledger } from './ledger';
import type { Row, Statement } from './request';

export interface RefusedRequest {
  /** A SQLSTATE, or a code of the network. */
  readonly code: string;
  readonly message: string;
}

/** Undefined when the answer came. Never throws: an error is what a client saw. */
export async function ask(
  pool: Pool,
  { text, values, name, writes, written }: Statement,
  ledger: Ledger,
  users: KnownUsers,
): Promise<RefusedRequest | undefined> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    // Nothing was sent, so nothing happened.
    if (writes) ledger.release(writes.table, writes.key);
    return refusalOf(error);
  }
  try {
    const { rows } = await query(client, { text, values: [...values], ...(name !== undefined && { name }) });
    if (writes) {
      const row = { ...writes, ...(rows[0] && written?.(rows[0])) };
      ledger.enter(row);
      if (row.table === 'users') users.add(row.references[0]!);
    }
    return undefined;
  } catch (error) {
    const refused = refusalOf(error);
    if (writes && isConnectionLoss(refused.code)) ledger.enterUnknown(writes);
    else if (writes) ledger.release(writes.table, writes.key);
    return refused;
  }
}

/** `pool.query` would close the connection after every error, and clients who are refused would wait for new ones. */
async function query(client: PoolClient, config: QueryConfig): Promise<QueryResult<Row>> {
  let isBroken = false;
  try {
    return await client.query<Row>(config);
  } catch (error) {
    isBroken = isConnectionLoss(refusalOf(error).code);
    throw error;
  } finally {
    client.release(isBroken);
  }
}

function refusalOf(error: unknown): RefusedRequest {
  const code = (error as { readonly code?: unknown }).code;
  return {
    code: typeof code === 'string' ? code : 'CONNECTION_LOST',
    message: error instanceof Error ? error.message : String(error),
  };
}
