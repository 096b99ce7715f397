/**
 * The room `id-map` owns the pairs of the rows that are there: it makes them in the owner's database, and carries them to
 * another service's. It does not own the maps' tables and the pairs of new rows (`pairing`), nor how events carry them (shared lib).
 *
 * A map is filled in the order of its numbers by one session, in short transactions, for a client whose trigger makes one of
 * the same pairs waits for ours. The outbox gets them in larger portions, when they are there for everybody to see.
 */
import { MigratorError } from '../../errors';
import { readingAll, type FillSession } from '../backfill/fill-session';
import { storedTables } from '../backfill/stored-tables';
import { whileMonitored } from '../backfill/while-monitored';
import type { ConversionDatabase } from '../conversion-database';
import { isOwner, type ConvertedKey, type IdConversion } from '../declaration';
import { idMapOf } from '../names';
import { readShape } from '../state/conversions';
import { endTask, openTask } from '../state/tasks';
import { twinNames } from '../twins';
import { mapStatements, type MapStatements } from './map-statements';
import { MapWalk, type FillIdMapsOptions } from './map-walk';

/**
 * Makes a pair for every row of every key of the conversion; goes on where an earlier call stopped. Nothing is to do in a
 * service that is not the owner.
 * @param database its own session must not be in a transaction
 * @throws MigratorError CONVERSION_INCOMPLETE, CONVERSION_STALLED, FILL_FAILED, CONVERSION_UNKNOWN, CANNOT_CONNECT
 */
export async function fillIdMaps(
  database: ConversionDatabase,
  conversion: IdConversion,
  options: FillIdMapsOptions = {},
): Promise<void> {
  if (!isOwner(conversion)) return;
  const shape = await readShape(database.query, conversion.name);
  for (const key of conversion.keys) {
    await fillIdMap(
      database,
      { conversion: conversion.name, key, column: twinNames(key, shape).numeric },
      options,
    );
  }
}

interface KeyToFill {
  readonly conversion: string;
  readonly key: ConvertedKey;
  /** With the numbers, as it is called now. */
  readonly column: string;
}

async function fillIdMap(
  database: ConversionDatabase,
  { conversion, key, column }: KeyToFill,
  options: FillIdMapsOptions,
): Promise<void> {
  const { table } = key;
  const stored = await storedTables(database.query, table);
  const task = await openTask(
    database,
    { conversion, kind: 'id-map', table, columns: [column], source: 'numeric' },
    async () => ({
      estimatedRows: stored.reduce((sum, { rows }) => sum + rows, 0),
      passes: 1,
      ranges: [{ fromBlock: null, toBlock: null }],
    }),
  );
  if (task.hasEnded) return;
  await whileMonitored(
    { database, task, tableOids: stored.map(({ oid }) => oid), workers: 1, options },
    async ({ workers: [session], gate, targetBatchMs }) => {
      const statements = mapStatements(table, column);
      await new MapWalk(database.service, options, {
        session,
        gate,
        targetBatchMs,
        task,
        statements,
      }).toEnd();
      await expectNoneMissing(database.service, table, session, statements);
      await session.run(({ query }) => query(`ANALYZE (SKIP_LOCKED) ${idMapOf(table)}`));
      await endTask(database.query, task.id);
    },
  );
}

async function expectNoneMissing(
  service: string,
  table: string,
  session: FillSession,
  { missing }: MapStatements,
): Promise<void> {
  const [found] = await session.run((open) => readingAll(open, (query) => query<{ rows: number }>(missing)));
  if (found!.rows === 0) return;
  throw new MigratorError(
    'CONVERSION_INCOMPLETE',
    `${service}: ${found!.rows} rows of ${table} have no pair in the id map after all of it was filled. Rows were inserted past the triggers ` +
      'that the first phase (AddUuidColumns) has made: enable these, and run again.',
  );
}
