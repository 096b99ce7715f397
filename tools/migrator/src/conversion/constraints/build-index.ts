import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import { quotedTable, schemaAndName } from '../names';
import { indexState } from './live-objects';
import { runOnline, withRetries } from './run-online';

export interface IndexToBuild {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  /** From USING on. */
  readonly tail: string;
}

/**
 * Builds an index that is not there, while everybody reads and writes. What a build that was broken off left behind is dropped
 * first: it costs every writer and helps no reader. Never two at once on one table, which would wait for each other.
 * @returns whether there was anything to build
 * @throws Error of Postgres 23505 when a unique index finds a value twice
 */
export function buildIndex(query: Query, { table, name, unique, tail }: IndexToBuild): Promise<boolean> {
  return withRetries(async () => {
    const state = await indexState(query, table, name);
    if (state === 'valid') return false;
    if (state === 'invalid') await dropIndexOnline(query, table, name);
    await runOnline(
      query,
      `CREATE ${unique ? 'UNIQUE INDEX' : 'INDEX'} CONCURRENTLY ${escapeIdentifier(name)} ON ${quotedTable(table)} ${tail}`,
    );
    return true;
  });
}

export async function dropIndexOnline(query: Query, table: string, name: string): Promise<void> {
  const [schema] = schemaAndName(table);
  await runOnline(
    query,
    `DROP INDEX CONCURRENTLY IF EXISTS ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
  );
}
