/** What every fill has around it: sessions for its workers, somebody who looks out, and one error that says what to do. */
import { MigratorError } from '../../errors';
import { sqlstateOf } from '../../pg/sqlstate';
import type { ConversionDatabase } from '../conversion-database';
import type { Task } from '../state/tasks';
import { FILL_DEFAULTS, type FillOptions } from './fill-options';
import { FillSession } from './fill-session';
import { Gate } from './gate';
import { Health } from './health';
import { Monitor } from './monitor';

export interface MonitoredFill {
  readonly database: ConversionDatabase;
  readonly task: Task;
  /** What is read or written: a table, or its partitions. */
  readonly tableOids: readonly number[];
  readonly workers: number;
  readonly options: Pick<FillOptions, 'limits' | 'onProgress'>;
}

export interface MonitoredWork {
  /** One for each worker, at least one; ended afterwards. */
  readonly workers: readonly [FillSession, ...FillSession[]];
  /** To be passed before each batch. */
  readonly gate: Gate;
  /** How long a batch may take, now. */
  readonly targetBatchMs: () => number;
}

/** @throws MigratorError FILL_FAILED for what Postgres refuses; others as they are */
export async function whileMonitored<T>(
  { database, task, tableOids, workers: count, options }: MonitoredFill,
  work: (parts: MonitoredWork) => Promise<T>,
): Promise<T> {
  // A pair that is made again is another one, and the first may have been told of.
  const session = () => new FillSession(database, task.kind === 'twins');
  const workers = [session(), ...Array.from({ length: count - 1 }, session)] as const;
  const lookout = session();
  const gate = new Gate();
  const monitor = new Monitor({
    session: lookout,
    task,
    tableOids,
    gate,
    health: new Health(options.limits ?? FILL_DEFAULTS.limits),
    workers: () => workers.flatMap(({ pid }) => pid ?? []),
    onProgress: options.onProgress ?? FILL_DEFAULTS.onProgress,
  });
  try {
    await monitor.start();
    try {
      return await work({ workers, gate, targetBatchMs: () => monitor.targetBatchMs });
    } finally {
      await monitor.stop();
    }
  } catch (error) {
    throw failure(database.service, task, error);
  } finally {
    for (const one of [...workers, lookout]) await one.end();
  }
}

function failure(service: string, { kind, table, columns }: Task, error: unknown): unknown {
  const state = sqlstateOf(error);
  if (error instanceof MigratorError || state === undefined) return error;
  const what = kind === 'twins' ? `${columns.join(', ')} of ${table}` : `the id map of ${table}`;
  return new MigratorError(
    'FILL_FAILED',
    `${service}: filling ${what} failed: ${(error as Error).message} (SQLSTATE ${state}). What was filled before stays; mend the cause, ` +
      'and run again: it goes on from here.',
    { cause: error },
  );
}
