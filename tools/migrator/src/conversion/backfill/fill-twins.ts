/**
 * The room `backfill` owns the filling of columns from the id maps, of millions of rows while clients write: striped, by
 * several workers, in short batches, to be killed and resumed at any moment. It does not own what is written (`pairing`), the
 * maps themselves (`id-map`), or where the progress is kept (`state`).
 *
 *   walk    every range of blocks, in stripes; once, by several workers    most rows, at full speed
 *   sweep   what clients moved or had locked meanwhile                     a few rows, until none is left
 *
 * What holds at every moment: a batch and what is said of it are one transaction; a row is only written when its twin is
 * null, so clients and triggers are never overruled; a number without a pair stays without a UUID.
 */
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { readFillSettings, readShape } from '../state/conversions';
import { endTask, openTask } from '../state/tasks';
import { twinsByTable, type Shape, type Twin } from '../twins';
import { FILL_DEFAULTS, type FillOptions } from './fill-options';
import { fillStatements, type Filling } from './fill-statements';
import { readFillings } from './fillings';
import { storedTables, type StoredTable } from './stored-tables';
import { blockRanges, passesFor } from './stripes';
import { sweep } from './sweep';
import { walk } from './walk';
import { whileMonitored, type MonitoredWork } from './while-monitored';

/** A batch's first size; then its duration decides. */
const FIRST_BATCH_ROWS = 500;

export interface FillTwinsOptions extends FillOptions {
  /** The half that is there. */
  readonly source: Shape;
  /** All of the conversion's, when left out. */
  readonly twins?: readonly Twin[];
}

/** How a table, or a partition of one, came out. */
export interface FilledTable {
  readonly table: string;
  /** By column: rows whose number (or UUID) has no pair in the id map. Their twin is null. */
  readonly withoutPair: Readonly<Record<string, number>>;
}

/**
 * Fills every twin that is null and whose pair is known, table by table; goes on where an earlier call stopped, and several
 * processes may call it at once. Run again when all is filled, it looks whether that is so.
 * @param database its own session must not be in a transaction
 * @throws MigratorError FILL_FAILED, CONVERSION_STALLED, CONVERSION_UNKNOWN, CANNOT_CONNECT
 */
export async function fillTwins(
  database: ConversionDatabase,
  conversion: IdConversion,
  options: FillTwinsOptions,
): Promise<readonly FilledTable[]> {
  const shape = await readShape(database.query, conversion.name);
  const wanted = options.twins?.map(placeOf);
  const givenUpOn = new Set<string>();
  const filled: FilledTable[] = [];
  for (const [table, all] of twinsByTable(conversion)) {
    const twins = all.filter((twin) => wanted?.includes(placeOf(twin)) ?? true);
    if (twins.length === 0) continue;
    const { service } = database;
    const { source } = options;
    const fillings = await readFillings(database.query, { service, table, twins, source, shape });
    for (const stored of await storedTables(database.query, table)) {
      filled.push(
        await fillTable(database, { conversion: conversion.name, stored, fillings, givenUpOn }, options),
      );
    }
  }
  return filled;
}

const placeOf = ({ table, column }: Twin) => JSON.stringify([table, column]);

interface TableToFill {
  readonly conversion: string;
  readonly stored: StoredTable;
  readonly fillings: readonly Filling[];
  readonly givenUpOn: Set<string>;
}

async function fillTable(
  database: ConversionDatabase,
  { conversion, stored, fillings, givenUpOn }: TableToFill,
  options: FillTwinsOptions,
): Promise<FilledTable> {
  const columns = fillings.map(({ target }) => target);
  const task = await openTask(
    database,
    { conversion, kind: 'twins', table: stored.name, columns, source: options.source },
    async () => ({
      estimatedRows: stored.rows,
      passes: passesFor(stored),
      ranges: blockRanges(stored.blocks),
    }),
  );
  const statements = fillStatements(stored.quoted, fillings);
  const workers = options.workers ?? (await readFillSettings(database.query, conversion)).workers;
  return whileMonitored(
    { database, task, tableOids: [stored.oid], workers, options },
    async ({ workers, gate, targetBatchMs }) => {
      if (!task.hasEnded) {
        const walked = {
          ...{ task, statements, gate, targetBatchMs, givenUpOn },
          firstBatchBlocks: Math.max(1, Math.round((FIRST_BATCH_ROWS * task.passes) / rowsPerBlock(stored))),
          snapshotPatienceMs: options.snapshotPatienceMs ?? FILL_DEFAULTS.snapshotPatienceMs,
        };
        await together({ workers, gate }, (session) => walk({ ...walked, session }));
      }
      const withoutPair = await sweep({
        ...{ service: database.service, task, statements, fillings, gate },
        session: workers[0],
        patienceMs: options.lockedRowsPatienceMs ?? FILL_DEFAULTS.lockedRowsPatienceMs,
      });
      await endTask(database.query, task.id);
      return { table: stored.name, withoutPair };
    },
  );
}

/** The first that fails stops the others after their batch; its error is the one to tell. */
async function together(
  { workers, gate }: Pick<MonitoredWork, 'workers' | 'gate'>,
  work: (session: MonitoredWork['workers'][number]) => Promise<void>,
): Promise<void> {
  await Promise.all(workers.map((session) => work(session).catch((error) => gate.fail(error))));
  gate.throwIfFailed();
}

const rowsPerBlock = ({ rows, blocks }: StoredTable) => Math.max(1, rows / Math.max(1, blocks));
