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
import { MigratorError } from '../../errors';
import { sqlstateOf } from '../../pg/sqlstate';
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import { readFillSettings, readShape } from '../state/conversions';
import { endTask, openTask } from '../state/tasks';
import { twinsByTable, type Shape, type Twin } from '../twins';
import { FillSession } from './fill-session';
import { fillStatements, type Filling } from './fill-statements';
import { readFillings } from './fillings';
import { Gate } from './gate';
import { Health, HEALTH_LIMITS, type HealthLimits } from './health';
import { Monitor, type OnProgress } from './monitor';
import { storedTables, type StoredTable } from './stored-tables';
import { blockRanges, passesFor } from './stripes';
import { sweep } from './sweep';
import { walk } from './walk';

/** A batch's first size; then its duration decides. */
const FIRST_BATCH_ROWS = 500;

export interface FillOptions {
  /** As many as the conversion's settings say, when left out. */
  readonly workers?: number;
  readonly limits?: HealthLimits;
  /** How long one old snapshot is waited for before a pass; a minute when left out. */
  readonly snapshotPatienceMs?: number;
  /** How long rows that somebody keeps locked are waited for in the end; ten minutes when left out. */
  readonly lockedRowsPatienceMs?: number;
  readonly onProgress?: OnProgress;
}

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
  const filled: FilledTable[] = [];
  for (const [table, all] of twinsByTable(conversion)) {
    const twins = all.filter((twin) => wanted?.includes(placeOf(twin)) ?? true);
    if (twins.length === 0) continue;
    const { service } = database;
    const { source } = options;
    const fillings = await readFillings(database.query, { service, table, twins, source, shape });
    for (const stored of await storedTables(database.query, table)) {
      filled.push(await new TableFill(database, conversion.name, stored, fillings, options).run());
    }
  }
  return filled;
}

const placeOf = ({ table, column }: Twin) => JSON.stringify([table, column]);

class TableFill {
  private readonly gate = new Gate();

  constructor(
    private readonly database: ConversionDatabase,
    private readonly conversion: string,
    private readonly table: StoredTable,
    private readonly fillings: readonly Filling[],
    private readonly options: FillTwinsOptions,
  ) {}

  async run(): Promise<FilledTable> {
    const { database, table, options, gate } = this;
    const settings = await readFillSettings(database.query, this.conversion);
    const task = await this.openTask();
    const workers = Array.from(
      { length: options.workers ?? settings.workers },
      () => new FillSession(database),
    );
    const [first] = workers as [FillSession];
    const lookout = new FillSession(database);
    const monitor = new Monitor({
      session: lookout,
      task,
      tableOid: table.oid,
      gate,
      health: new Health(options.limits ?? HEALTH_LIMITS),
      workers: () => workers.flatMap(({ pid }) => pid ?? []),
      onProgress: options.onProgress ?? (() => undefined),
    });
    const statements = fillStatements(table.quoted, this.fillings);
    try {
      await monitor.start();
      try {
        if (!task.hasEnded) {
          await this.together(workers, (session) =>
            walk({
              task,
              statements,
              session,
              gate,
              targetBatchMs: () => monitor.targetBatchMs,
              firstBatchBlocks: Math.max(
                1,
                Math.round((FIRST_BATCH_ROWS * task.passes) / rowsPerBlock(table)),
              ),
              snapshotPatienceMs: options.snapshotPatienceMs ?? 60_000,
            }),
          );
        }
        const withoutPair = await sweep({
          service: database.service,
          task,
          statements,
          fillings: this.fillings,
          session: first,
          gate,
          patienceMs: options.lockedRowsPatienceMs ?? 600_000,
        });
        await endTask(database.query, task.id);
        return { table: table.name, withoutPair };
      } finally {
        await monitor.stop();
      }
    } catch (error) {
      throw this.failure(error);
    } finally {
      for (const session of [...workers, lookout]) await session.end();
    }
  }

  private openTask() {
    const { table, conversion: conversionName, options } = this;
    const columns = this.fillings.map(({ target }) => target);
    return openTask(
      this.database,
      { conversion: conversionName, kind: 'twins', table: table.name, columns, source: options.source },
      async () => ({
        estimatedRows: table.rows,
        passes: passesFor(table),
        ranges: blockRanges(table.blocks),
      }),
    );
  }

  /** The first that fails stops the others after their batch; its error is the one to tell. */
  private async together(
    workers: readonly FillSession[],
    work: (session: FillSession) => Promise<void>,
  ): Promise<void> {
    await Promise.all(workers.map((session) => work(session).catch((error) => this.gate.fail(error))));
    this.gate.throwIfFailed();
  }

  private failure(error: unknown): unknown {
    if (error instanceof MigratorError) return error;
    const state = sqlstateOf(error);
    if (state === undefined) return error;
    const columns = this.fillings.map(({ target }) => target).join(', ');
    return new MigratorError(
      'FILL_FAILED',
      `${this.database.service}: filling ${columns} of ${this.table.name} failed: ${(error as Error).message} (SQLSTATE ${state}). What was ` +
        'filled before stays; mend the cause, and run again: it goes on from here.',
      { cause: error },
    );
  }
}

const rowsPerBlock = ({ rows, blocks }: StoredTable) => Math.max(1, rows / Math.max(1, blocks));
