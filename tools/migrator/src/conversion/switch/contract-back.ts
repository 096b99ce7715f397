/**
 * The way back from the contract: the columns with the numbers come back, and every number with them, from the id map. Rows that were made
 * since get new ones. In this order:
 *
 *   restoreNumericColumns   empty columns, their sequences, the pairing: from now on every new row has both halves
 *   numberNewRows           in the owner: a number in the map for every row that has none
 *   (fillTwins)             the columns are filled from the map
 *   makeCounterparts        their indexes and constraints, NOT NULL
 *   restoreIdentities       identities, where a default stood in for them
 *
 * The database then is what it was between switch and contract.
 */
import { escapeIdentifier } from 'pg';
import { useDefaultPath } from '../../catalog/read-catalog';
import type { Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import { isOwner, type ConvertedKey, type IdConversion } from '../declaration';
import { idMapOf, quotedTable } from '../names';
import { nextNumberFunction, UNPUBLISHED_PAIRS } from '../pairing/pairing-names';
import { forgetStatements, keptStatements } from '../state/kept';
import { withLock } from '../with-lock';
import { KEPT_BY_CONTRACT } from './contract';

/**
 * Does nothing when they are there.
 * @param pairing the functions and triggers of the pairing in the shape uuid, and whatever else belongs into the same moment
 * @throws MigratorError LOCK_NOT_OBTAINED
 */
export async function restoreNumericColumns(
  database: ConversionDatabase,
  conversion: IdConversion,
  pairing: readonly string[],
): Promise<void> {
  await useDefaultPath(database.query);
  await withLock(
    database,
    { conversion: conversion.name, what: 'the columns with the numbers' },
    async (query) => {
      const statements = await keptStatements(query, conversion.name, KEPT_BY_CONTRACT.before);
      if (statements.length === 0) return;
      await query([...statements, ...pairing].join(';\n'));
      await forgetStatements(query, conversion.name, KEPT_BY_CONTRACT.before);
    },
  );
}

const BATCH_ROWS = 5_000;

/**
 * Makes a pair for every row of a converted table that has none, in the order of the UUIDs, which is that of their making, and has
 * the pairs published. Repeatable; rows that clients make meanwhile get theirs from the pairing.
 */
export async function numberNewRows({ query }: ConversionDatabase, conversion: IdConversion): Promise<void> {
  if (!isOwner(conversion)) return;
  for (const key of conversion.keys) {
    for (let after: string | null = null; ;) {
      const batch: Batch = await numberBatch(query, key, after);
      if (batch.last === null) break;
      if (batch.made === batch.missing) after = batch.last;
    }
  }
}

interface Batch {
  /** The last row that was looked at; null when there was none. */
  readonly last: string | null;
  /** How many of them had no pair. */
  readonly missing: number;
  /** Fewer, when a client was faster; then it is looked at again. */
  readonly made: number;
}

/** One statement, one transaction. */
async function numberBatch(query: Query, key: ConvertedKey, after: string | null): Promise<Batch> {
  const [map, id] = [idMapOf(key.table), escapeIdentifier(key.column)];
  const [row] = await query<Batch>(
    `WITH batch AS (
       SELECT t.${id} AS uuid FROM ${quotedTable(key.table)} t
        WHERE $1::uuid IS NULL OR t.${id} > $1::uuid ORDER BY t.${id} LIMIT ${BATCH_ROWS}
     ), missing AS (
       SELECT uuid FROM batch WHERE NOT EXISTS (SELECT FROM ${map} m WHERE m."uuid" = batch.uuid) ORDER BY uuid
     ), made AS (
       INSERT INTO ${map} ("number", "uuid") SELECT ${nextNumberFunction(key.table)}(), uuid FROM missing
       ON CONFLICT DO NOTHING RETURNING "number"
     ), told AS (
       INSERT INTO ${UNPUBLISHED_PAIRS} ("map", "number") SELECT $2, "number" FROM made
     )
     SELECT (SELECT uuid::text FROM batch ORDER BY batch.uuid DESC LIMIT 1) AS last,
            (SELECT count(*)::int FROM missing) AS missing, (SELECT count(*)::int FROM made) AS made`,
    [after, key.table],
  );
  return row!;
}

/** When every row has its number and NOT NULL says so. Does nothing when they are there. @throws MigratorError LOCK_NOT_OBTAINED */
export async function restoreIdentities(
  database: ConversionDatabase,
  conversion: IdConversion,
): Promise<void> {
  await useDefaultPath(database.query);
  await withLock(database, { conversion: conversion.name, what: 'identities' }, async (query) => {
    const statements = await keptStatements(query, conversion.name, KEPT_BY_CONTRACT.after);
    if (statements.length === 0) return;
    await query(statements.join(';\n'));
    await forgetStatements(query, conversion.name, KEPT_BY_CONTRACT.after);
  });
}
